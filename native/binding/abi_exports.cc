// Publishes the numbers of abi/abi.h. lib/internal/binding.ts compares them with its own when the
// addon loads and refuses to run on a difference, so the two halves cannot drift apart, and a
// binary of another version is found out.

#include <cstddef>

#include "binding/exports.h"

namespace saea::binding {

namespace {

struct Number {
  const char* name;
  uint32_t value;
};

constexpr uint32_t Words(size_t bytes) {
  return static_cast<uint32_t>(bytes / sizeof(uint32_t));
}

constexpr Number kNumbers[] = {
    {"VERSION", abi::kVersion},
    {"SUBMISSION_COMPLETED", static_cast<uint32_t>(abi::Submission::kCompleted)},
    {"SUBMISSION_PENDING", static_cast<uint32_t>(abi::Submission::kPending)},

    {"RECORD_WORDS", Words(sizeof(abi::Record))},
    {"RECORD_KIND", Words(offsetof(abi::Record, kind))},
    {"RECORD_OFFSET", Words(offsetof(abi::Record, offset))},
    {"RECORD_COUNT", Words(offsetof(abi::Record, count))},
    {"RECORD_SOCKET_FLAGS", Words(offsetof(abi::Record, socket_flags))},
    {"RECORD_ENDING", Words(offsetof(abi::Record, ending))},
    {"RECORD_SOCKET_HANDLE", Words(offsetof(abi::Record, socket_handle))},
    {"RECORD_SOCKET_ERROR", Words(offsetof(abi::Record, socket_error))},
    {"RECORD_NATIVE_ERROR", Words(offsetof(abi::Record, native_error))},
    {"RECORD_BYTES_TRANSFERRED", Words(offsetof(abi::Record, bytes_transferred))},
    {"RECORD_RESULT_FLAGS", Words(offsetof(abi::Record, result_flags))},
    {"RECORD_RESULT_HANDLE", Words(offsetof(abi::Record, result_handle))},
    {"RECORD_BYTES_TRANSFERRED_HIGH", Words(offsetof(abi::Record, bytes_transferred_high))},

    {"ENDING_NONE", static_cast<uint32_t>(abi::Ending::kNone)},
    {"ENDING_DISCONNECT", static_cast<uint32_t>(abi::Ending::kDisconnect)},
    {"ENDING_DISCONNECT_AND_REUSE", static_cast<uint32_t>(abi::Ending::kDisconnectAndReuse)},

    {"ADDRESS_WORDS", Words(sizeof(abi::Address))},
    {"ADDRESS_FAMILY", Words(offsetof(abi::Address, family))},
    {"ADDRESS_PORT", Words(offsetof(abi::Address, port))},
    {"ADDRESS_SCOPE_ID", Words(offsetof(abi::Address, scope_id))},
    {"ADDRESS_LENGTH", Words(offsetof(abi::Address, length))},
    {"ADDRESS_BYTES", Words(offsetof(abi::Address, bytes))},
    {"ADDRESS_CAPACITY_BYTES", sizeof(abi::Address::bytes)},

    {"PACKET_INFORMATION_WORDS", Words(sizeof(abi::PacketInformation))},
    {"PACKET_INFORMATION_FAMILY", Words(offsetof(abi::PacketInformation, family))},
    {"PACKET_INFORMATION_INTERFACE", Words(offsetof(abi::PacketInformation, interface_index))},
    {"PACKET_INFORMATION_BYTES", Words(offsetof(abi::PacketInformation, bytes))},

    {"CHUNK_SLOTS", abi::kChunkSlots},
    {"CHUNK_ADDRESSES", Words(offsetof(abi::Chunk, addresses))},
    {"CHUNK_PACKET_INFORMATIONS", Words(offsetof(abi::Chunk, packet_informations))},

    {"RING_ENTRIES", abi::kRingEntries},
    {"COMPLETIONS_HEAD", Words(offsetof(abi::Completions, head))},
    {"COMPLETIONS_TAIL", Words(offsetof(abi::Completions, tail))},
    {"COMPLETIONS_IS_DRAINING", Words(offsetof(abi::Completions, is_draining))},
    {"COMPLETIONS_FIRST_ENTRY", Words(offsetof(abi::Completions, entries))},
    {"SUBMISSIONS_HEAD", Words(offsetof(abi::Submissions, head))},
    {"SUBMISSIONS_TAIL", Words(offsetof(abi::Submissions, tail))},
    {"SUBMISSIONS_ANSWER", Words(offsetof(abi::Submissions, answer))},
    {"SUBMISSIONS_SHARES_CALLS", Words(offsetof(abi::Submissions, shares_calls))},
    {"SUBMISSIONS_FIRST_ENTRY", Words(offsetof(abi::Submissions, entries))},

    {"MAILBOX_SOCKET_ERROR", Words(offsetof(abi::Mailbox, socket_error))},
    {"MAILBOX_NATIVE_ERROR", Words(offsetof(abi::Mailbox, native_error))},
    {"MAILBOX_ADDRESS", Words(offsetof(abi::Mailbox, address))},
    {"MAILBOX_DATA", Words(offsetof(abi::Mailbox, data))},
    {"MAILBOX_DATA_BYTES", abi::kMailboxBytes},
};

}  // namespace

void ExportAbi(Environment&, Napi::Object exports) {
  Napi::Object numbers = Napi::Object::New(exports.Env());
  for (const Number& number : kNumbers) {
    Put(numbers, number.name, Napi::Number::New(exports.Env(), number.value));
  }
  Put(exports, "abi", numbers);
}

}  // namespace saea::binding
