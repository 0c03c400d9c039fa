// The numbers of native/abi/abi.h: where things lie in the memory that both languages share. Every
// one is compared with the addon's own when it loads (binding.ts), so they cannot drift apart.
// Offsets count 32-bit words, from the beginning of the thing that the name begins with.

export const VERSION = 1;

export const SUBMISSION_COMPLETED = 0;
export const SUBMISSION_PENDING = 1;

// A record: one operation. The first half is written here, the second by native.
export const RECORD_WORDS = 16;
export const RECORD_KIND = 0;
export const RECORD_OFFSET = 1;
export const RECORD_COUNT = 2;
export const RECORD_SOCKET_FLAGS = 3;
export const RECORD_ENDING = 4;
export const RECORD_SOCKET_HANDLE = 5;
export const RECORD_SOCKET_ERROR = 8;
export const RECORD_NATIVE_ERROR = 9;
export const RECORD_BYTES_TRANSFERRED = 10;
export const RECORD_RESULT_FLAGS = 11;
export const RECORD_RESULT_HANDLE = 12;
export const RECORD_BYTES_TRANSFERRED_HIGH = 13;

// What becomes of the connection when the operation has succeeded.
export const ENDING_NONE = 0;
export const ENDING_DISCONNECT = 1;
export const ENDING_DISCONNECT_AND_REUSE = 2;

// An address: an endpoint in a form that is the same on every platform.
export const ADDRESS_WORDS = 32;
export const ADDRESS_FAMILY = 0;
export const ADDRESS_PORT = 1;
export const ADDRESS_SCOPE_ID = 2;
export const ADDRESS_LENGTH = 3;
export const ADDRESS_BYTES = 4;
export const ADDRESS_CAPACITY_BYTES = 112;

// Where a received packet was addressed to, and which interface it came in by.
export const PACKET_INFORMATION_WORDS = 8;
export const PACKET_INFORMATION_FAMILY = 0;
export const PACKET_INFORMATION_INTERFACE = 1;
export const PACKET_INFORMATION_BYTES = 2;

// A chunk: records and, behind them, what only some kinds of operation have.
export const CHUNK_SLOTS = 1024;
export const CHUNK_ADDRESSES = CHUNK_SLOTS * RECORD_WORDS;
export const CHUNK_PACKET_INFORMATIONS = CHUNK_ADDRESSES + CHUNK_SLOTS * ADDRESS_WORDS;

// The rings (the drawing is in native/abi/abi.h). All counters only grow, modulo 2^32.
export const RING_ENTRIES = 4096;

// Operations on their way up: head is written only here, the rest only by native.
export const COMPLETIONS_HEAD = 0;
export const COMPLETIONS_TAIL = 1;
export const COMPLETIONS_IS_DRAINING = 2;
export const COMPLETIONS_FIRST_ENTRY = 3;

// And on their way down: head and answer are written only by native, the rest only here.
export const SUBMISSIONS_HEAD = 0;
export const SUBMISSIONS_TAIL = 1;
export const SUBMISSIONS_ANSWER = 2;
export const SUBMISSIONS_SHARES_CALLS = 3;
export const SUBMISSIONS_FIRST_ENTRY = 4;

// The mailbox: arguments and results of the calls that are not operations.
export const MAILBOX_SOCKET_ERROR = 0;
export const MAILBOX_NATIVE_ERROR = 1;
export const MAILBOX_ADDRESS = 2;
export const MAILBOX_DATA = 34;
export const MAILBOX_DATA_BYTES = 512;
