// Exports for sockets as such: create, bind, listen, addresses, shutdown, close. Addresses travel
// in the mailbox, and so does the reason where a call answers that it failed.

#include <cstring>

#include "binding/answers.h"
#include "binding/arguments.h"
#include "binding/environment.h"
#include "binding/exports.h"

namespace saea::binding {

namespace {

// createSocket(family, type, protocol): handle or -1
Napi::Value CreateSocket(const Napi::CallbackInfo& info) {
  Environment& environment = EnvironmentOf(info);
  const auto created = environment.sockets().Create(Int32Argument(info, 0), Int32Argument(info, 1),
                                                    Int32Argument(info, 2));
  environment.HoldLib();
  return AnswerNumber(info, created);
}

// adoptSocket(descriptor): handle or -1; what it is, is in the mailbox: family, type, protocol, and
// whether it listens
Napi::Value AdoptSocket(const Napi::CallbackInfo& info) {
  Environment& environment = EnvironmentOf(info);
  os::Description description = {};
  const auto adopted = environment.sockets().Adopt(Int32Argument(info, 0), description);
  const int32_t words[] = {description.family, description.type, description.protocol,
                           description.is_listening ? 1 : 0};
  std::memcpy(MailboxOf(info).data, words, sizeof(words));
  environment.HoldLib();
  return AnswerNumber(info, adopted);
}

// ownsDescriptor(descriptor): boolean
Napi::Value OwnsDescriptor(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), EnvironmentOf(info).sockets().Owns(Int32Argument(info, 0)));
}

// bind(handle): boolean; the address is in the mailbox
Napi::Value Bind(const Napi::CallbackInfo& info) {
  return AnswerBool(info, SocketArgument(info).Bind(MailboxOf(info).address));
}

// listen(handle, backlog): boolean
Napi::Value Listen(const Napi::CallbackInfo& info) {
  return AnswerBool(info, SocketArgument(info).Listen(Int32Argument(info, 1)));
}

// shutdown(handle, how): boolean
Napi::Value Shutdown(const Napi::CallbackInfo& info) {
  return AnswerBool(info, SocketArgument(info).Shutdown(Int32Argument(info, 1)));
}

// close(handle, abortive): void
void Close(const Napi::CallbackInfo& info) {
  Environment& environment = EnvironmentOf(info);
  environment.sockets().Close(Uint32Argument(info, 0), BoolArgument(info, 1));
  environment.HoldLib();
}

// closeAfter(handle, timeoutMs): void
void CloseAfter(const Napi::CallbackInfo& info) {
  Environment& environment = EnvironmentOf(info);
  environment.sockets().CloseAfter(Uint32Argument(info, 0), Uint32Argument(info, 1));
  environment.HoldLib();
}

// getLocalAddress(handle): boolean; the address is in the mailbox
Napi::Value GetLocalAddress(const Napi::CallbackInfo& info) {
  return AnswerBool(info, SocketArgument(info).GetLocalAddress(MailboxOf(info).address));
}

// getRemoteAddress(handle): boolean; the address is in the mailbox
Napi::Value GetRemoteAddress(const Napi::CallbackInfo& info) {
  return AnswerBool(info, SocketArgument(info).GetRemoteAddress(MailboxOf(info).address));
}

// getAvailable(handle): bytes or -1
Napi::Value GetAvailable(const Napi::CallbackInfo& info) {
  return AnswerNumber(info, SocketArgument(info).GetAvailable());
}

// isAtMark(handle): 0, 1 or -1
Napi::Value IsAtMark(const Napi::CallbackInfo& info) {
  return AnswerNumber(info, SocketArgument(info).IsAtMark());
}

// isReady(handle, selectMode): 0, 1 or -1
Napi::Value IsReady(const Napi::CallbackInfo& info) {
  return AnswerNumber(info, SocketArgument(info).IsReady(Int32Argument(info, 1)));
}

// getDescriptor(handle): number
Napi::Value GetDescriptor(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(SocketArgument(info).descriptor()));
}

// setReferenced(handle, referenced): void
void SetReferenced(const Napi::CallbackInfo& info) {
  SocketArgument(info).SetReferenced(BoolArgument(info, 1));
}

// openSocketCount(): number
Napi::Value OpenSocketCount(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(),
                           static_cast<double>(EnvironmentOf(info).sockets().open_count()));
}

}  // namespace

void ExportSockets(Environment& environment, Napi::Object exports) {
  Export(exports, environment, "createSocket", CreateSocket);
  Export(exports, environment, "adoptSocket", AdoptSocket);
  Export(exports, environment, "ownsDescriptor", OwnsDescriptor);
  Export(exports, environment, "bind", Bind);
  Export(exports, environment, "listen", Listen);
  Export(exports, environment, "shutdown", Shutdown);
  Export(exports, environment, "close", Close);
  Export(exports, environment, "closeAfter", CloseAfter);
  Export(exports, environment, "getLocalAddress", GetLocalAddress);
  Export(exports, environment, "getRemoteAddress", GetRemoteAddress);
  Export(exports, environment, "getAvailable", GetAvailable);
  Export(exports, environment, "isAtMark", IsAtMark);
  Export(exports, environment, "isReady", IsReady);
  Export(exports, environment, "getDescriptor", GetDescriptor);
  Export(exports, environment, "setReferenced", SetReferenced);
  Export(exports, environment, "openSocketCount", OpenSocketCount);
}

}  // namespace saea::binding
