// How a call that is not an operation answers: one value, and the reason of a failure in the
// mailbox.

#ifndef SAEA_BINDING_ANSWERS_H_
#define SAEA_BINDING_ANSWERS_H_

#include "binding/arguments.h"
#include "binding/exports.h"

namespace saea::binding {

inline socket::SocketHandle& SocketArgument(const Napi::CallbackInfo& info) {
  return EnvironmentOf(info).sockets().settled(Uint32Argument(info, 0));
}

inline abi::Mailbox& MailboxOf(const Napi::CallbackInfo& info) {
  return EnvironmentOf(info).mailbox();
}

// Puts the outcome into the mailbox, and answers whether it is a success.
template <typename Result>
bool Answer(const Napi::CallbackInfo& info, const Result& result) {
  MailboxOf(info).socket_error = result.error;
  MailboxOf(info).native_error = result.native_error;
  return result.ok();
}

template <typename Result>
Napi::Value AnswerBool(const Napi::CallbackInfo& info, const Result& result) {
  return Napi::Boolean::New(info.Env(), Answer(info, result));
}

// The number that the call gave, or -1.
template <typename Result>
Napi::Value AnswerNumber(const Napi::CallbackInfo& info, const Result& result) {
  const int64_t value = Answer(info, result) ? result.value : -1;
  return Napi::Number::New(info.Env(), static_cast<double>(value));
}

}  // namespace saea::binding

#endif  // SAEA_BINDING_ANSWERS_H_
