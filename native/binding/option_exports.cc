// Exports for socket options. Values travel in the mailbox.

#include "binding/answers.h"

namespace saea::binding {

namespace {

size_t LengthArgument(const Napi::CallbackInfo& info, size_t index) {
  const uint32_t length = Uint32Argument(info, index);
  CHECK(length <= abi::kMailboxBytes);
  return length;
}

// setOption(handle, level, name, length): boolean
Napi::Value SetOption(const Napi::CallbackInfo& info) {
  return AnswerBool(info,
                    SocketArgument(info).SetOption(Int32Argument(info, 1), Int32Argument(info, 2),
                                                   MailboxOf(info).data, LengthArgument(info, 3)));
}

// getOption(handle, level, name, capacity): length or -1
Napi::Value GetOption(const Napi::CallbackInfo& info) {
  return AnswerNumber(
      info, SocketArgument(info).GetOption(Int32Argument(info, 1), Int32Argument(info, 2),
                                           MailboxOf(info).data, LengthArgument(info, 3)));
}

// setRawOption(handle, level, name, length): boolean
Napi::Value SetRawOption(const Napi::CallbackInfo& info) {
  return AnswerBool(
      info, SocketArgument(info).SetRawOption(Int32Argument(info, 1), Int32Argument(info, 2),
                                              MailboxOf(info).data, LengthArgument(info, 3)));
}

// getRawOption(handle, level, name, capacity): length or -1
Napi::Value GetRawOption(const Napi::CallbackInfo& info) {
  return AnswerNumber(
      info, SocketArgument(info).GetRawOption(Int32Argument(info, 1), Int32Argument(info, 2),
                                              MailboxOf(info).data, LengthArgument(info, 3)));
}

}  // namespace

void ExportOptions(Environment& environment, Napi::Object exports) {
  Export(exports, environment, "setOption", SetOption);
  Export(exports, environment, "getOption", GetOption);
  Export(exports, environment, "setRawOption", SetRawOption);
  Export(exports, environment, "getRawOption", GetRawOption);
}

}  // namespace saea::binding
