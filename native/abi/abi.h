// What both languages must agree on: the layout of the memory they share, and the numbers in it.
// lib/internal/abi.ts is the other half; every number here is published by binding/abi_exports.cc
// and compared when the addon loads. Depends on nothing.

#ifndef SAEA_ABI_ABI_H_
#define SAEA_ABI_ABI_H_

#include <cstddef>
#include <cstdint>

namespace saea::abi {

constexpr uint32_t kVersion = 1;

// What an operation does. The numbers are those of .NET's SocketAsyncOperation.
enum class Kind : uint32_t {
  kNone = 0,
  kAccept = 1,
  kConnect = 2,
  kDisconnect = 3,
  kReceive = 4,
  kReceiveFrom = 5,
  kReceiveMessageFrom = 6,
  kSend = 7,
  kSendPackets = 8,
  kSendTo = 9,
};
constexpr uint32_t kKindCount = 10;

// What becomes of a submitted operation: the results are in the record already, or will be
// dispatched later.
enum class Submission : uint32_t { kCompleted = 0, kPending = 1 };

// What becomes of the connection when the operation has succeeded.
enum class Ending : uint32_t {
  kNone = 0,
  kDisconnect = 1,          // it ends, in both directions
  kDisconnectAndReuse = 2,  // and the socket can connect again
};

// The bytes of one operation, one cache line. The first half is written by lib before it submits
// and only read by native; the second half is written by native when the operation completes and
// only read by lib.
struct alignas(64) Record {
  uint32_t kind;
  uint32_t offset;  // into the buffer given to setBuffer; offset and count are unused for lists
  uint32_t count;
  uint32_t socket_flags;  // SocketFlags as the user set them
  uint32_t ending;        // Ending; disconnect and sendPackets
  uint32_t socket_handle;
  uint32_t reserved_in[2];

  int32_t socket_error;  // SocketError
  int32_t native_error;  // errno or WSA number behind socket_error, 0 if there is none
  uint32_t bytes_transferred;
  uint32_t result_flags;            // SocketFlags as the system answered
  uint32_t result_handle;           // accept: handle of the new connection
  uint32_t bytes_transferred_high;  // what bytes_transferred has no room for (sendPackets)
  uint32_t reserved_out[2];
};
static_assert(sizeof(Record) == 64, "a record is one cache line");

// An endpoint, in a form that is the same on every platform (os/address.cc knows the system's).
struct Address {
  uint32_t family;    // AddressFamily
  uint32_t port;      // 0 to 65535, as a number
  uint32_t scope_id;  // IPv6 only
  uint32_t length;    // valid bytes below: 4, 16, or those of a Unix-domain name
  uint8_t bytes[112];
};
static_assert(sizeof(Address) == 128, "an address is two cache lines");

// Where a received packet was addressed to, and which interface it came in by.
struct PacketInformation {
  uint32_t family;  // AddressFamily; Unspecified if the system told nothing
  uint32_t interface_index;
  uint8_t bytes[16];
  uint32_t reserved[2];
};
static_assert(sizeof(PacketInformation) == 32, "two of them are a cache line");

// Records are handed to lib in chunks of this many, each chunk one block of memory: first the
// records, then what only some kinds of operation have. A chunk never moves, so a pointer into it
// stays good for life, and a page of it that is never used is never there.
constexpr uint32_t kChunkSlots = 1024;
static_assert((kChunkSlots & (kChunkSlots - 1)) == 0, "lib takes the low bits of a slot");
struct Chunk {
  Record records[kChunkSlots];
  Address addresses[kChunkSlots];
  PacketInformation packet_informations[kChunkSlots];
};

// Two rings of slots. Both counters of a ring only grow (modulo 2^32); an entry lies at counter %
// kRingEntries.
//
//          head % entries ──┐           ┌── tail % entries
//          .  .  .  .  .  . s  s  s  s  .  .  .        head == tail means empty
//
constexpr uint32_t kRingEntries = 4096;
static_assert((kRingEntries & (kRingEntries - 1)) == 0, "or entries would move when counters wrap");

// Finished operations on their way up. head is written by lib alone, before it raises the event of
// an entry; tail by native alone. Operations that find the ring full wait in
// engine/completion_ring.h, in order.
struct Completions {
  uint32_t head;
  uint32_t tail;
  // Native's: not 0 while it has called lib to dispatch. What lib posts meanwhile is looked at when
  // it returns.
  uint32_t is_draining;
  uint32_t entries[kRingEntries];
};

// Operations on their way down. tail is written by lib alone, when the record is complete; head by
// native alone. Lib calls native when the ring is full, and whenever it wants to know what became
// of the newest.
struct Submissions {
  uint32_t head;
  uint32_t tail;
  uint32_t answer;  // Submission: what became of the newest
  // Not 0 if sends that are performed together share system calls.
  uint32_t shares_calls;
  uint32_t entries[kRingEntries];
};

// Arguments and results of the calls that are not operations (bind, options, …) and need more than
// the one number a call can return. Valid until the next call.
constexpr uint32_t kMailboxBytes = 512;
struct Mailbox {
  int32_t socket_error;  // of the last such call; 0 is Success
  int32_t native_error;
  Address address;
  uint8_t data[kMailboxBytes];
};

}  // namespace saea::abi

#endif  // SAEA_ABI_ABI_H_
