// Exports for socket options. Values that lib makes travel in the mailbox; bytes of the user are
// passed as they are.

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

// setOptionBytes(handle, level, name, bytes): boolean
Napi::Value SetOptionBytes(const Napi::CallbackInfo& info) {
  const Bytes bytes = BytesArgument(info, 3);
  return AnswerBool(
      info, SocketArgument(info).SetOptionBytes(Int32Argument(info, 1), Int32Argument(info, 2),
                                                bytes.data, bytes.length));
}

// getOptionBytes(handle, level, name, bytes): length or -1
Napi::Value GetOptionBytes(const Napi::CallbackInfo& info) {
  const Bytes bytes = BytesArgument(info, 3);
  return AnswerNumber(
      info, SocketArgument(info).GetOptionBytes(Int32Argument(info, 1), Int32Argument(info, 2),
                                                bytes.data, bytes.length));
}

// setRawOption(handle, level, name, bytes): boolean
Napi::Value SetRawOption(const Napi::CallbackInfo& info) {
  const Bytes bytes = BytesArgument(info, 3);
  return AnswerBool(
      info, SocketArgument(info).SetRawOption(Int32Argument(info, 1), Int32Argument(info, 2),
                                              bytes.data, bytes.length));
}

// getRawOption(handle, level, name, bytes): length or -1
Napi::Value GetRawOption(const Napi::CallbackInfo& info) {
  const Bytes bytes = BytesArgument(info, 3);
  return AnswerNumber(
      info, SocketArgument(info).GetRawOption(Int32Argument(info, 1), Int32Argument(info, 2),
                                              bytes.data, bytes.length));
}

}  // namespace

void ExportOptions(Environment& environment, Napi::Object exports) {
  Export(exports, environment, "setOption", SetOption);
  Export(exports, environment, "getOption", GetOption);
  Export(exports, environment, "setOptionBytes", SetOptionBytes);
  Export(exports, environment, "getOptionBytes", GetOptionBytes);
  Export(exports, environment, "setRawOption", SetRawOption);
  Export(exports, environment, "getRawOption", GetRawOption);
}

}  // namespace saea::binding
