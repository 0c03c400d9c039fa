// Datagrams to one address that are of one size, one behind another, are given to the system as one
// large one, which it cuts up again: the way down to the device is gone once for all of them. Each
// arrives as if it had been sent alone (docs/decisions/0023).

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <cstring>

#include "os/address.h"
#include "os/datagrams.h"
#include "os/posix/system_call.h"

namespace saea::os {

#ifdef __linux__

namespace {

// Of <linux/udp.h>, which cannot be included beside the C library's headers.
constexpr int kUdpSegment = 103;

// A large datagram has 64 KiB, with the headers that come before it.
constexpr size_t kMostRunBytes = 65536 - 256;

// Some of the datagrams, in the form that the system takes; a header is for a run of them. On the
// stack of the caller, and left as it is where it is not used: it is some kilobytes.
struct Runs {
  size_t count = 0;
  size_t begins[kMaxDatagrams];  // the first datagram of each
  mmsghdr headers[kMaxDatagrams];
  iovec spans[kMaxDatagrams];
  sockaddr_storage addresses[kMaxDatagrams];
  alignas(cmsghdr) uint8_t controls[kMaxDatagrams][CMSG_SPACE(sizeof(uint16_t))];
};

bool IsSameAddress(const abi::Address* one, const abi::Address* other) {
  if (one == other) return true;
  if (one == nullptr || other == nullptr || one->length != other->length) return false;
  return std::memcmp(one, other, offsetof(abi::Address, bytes) + one->length) == 0;
}

// How many of the datagrams, from this one on, can leave as one: all as long as the first, but for
// the last, which may be shorter.
size_t RunLength(const Datagram* datagrams, size_t count) {
  const size_t size = datagrams[0].span.length;
  size_t total = size;
  size_t length = 1;
  for (; length < count && size > 0; ++length) {
    const Datagram& next = datagrams[length];
    const size_t next_size = next.span.length;
    const bool joins = next_size > 0 && next_size <= size && total + next_size <= kMostRunBytes &&
                       IsSameAddress(datagrams[0].address, next.address);
    if (!joins) break;
    total += next_size;
    if (next_size < size) return length + 1;
  }
  return length;
}

void AskToSegment(msghdr& header, uint8_t* control, size_t size_bytes) {
  header.msg_control = control;
  header.msg_controllen = CMSG_SPACE(sizeof(uint16_t));
  cmsghdr& message = *CMSG_FIRSTHDR(&header);
  message.cmsg_level = IPPROTO_UDP;
  message.cmsg_type = kUdpSegment;
  message.cmsg_len = CMSG_LEN(sizeof(uint16_t));
  const auto size = static_cast<uint16_t>(size_bytes);
  std::memcpy(CMSG_DATA(&message), &size, sizeof(size));
}

// False if the address is of a family that the system does not know.
bool AddRun(Runs& runs, const Datagram* datagrams, size_t begin, size_t length) {
  const Datagram& first = datagrams[begin];
  mmsghdr& entry = runs.headers[runs.count];
  std::memset(&entry, 0, sizeof(entry));
  msghdr& header = entry.msg_hdr;
  if (first.address != nullptr) {
    sockaddr_storage& address = runs.addresses[runs.count];
    header.msg_namelen = ToSystemAddress(*first.address, address);
    header.msg_name = &address;
    if (header.msg_namelen == 0) return false;
  }
  for (size_t i = begin; i < begin + length; ++i) {
    std::memcpy(&runs.spans[i], &datagrams[i].span, sizeof(iovec));
  }
  header.msg_iov = &runs.spans[begin];
  header.msg_iovlen = length;
  if (length > 1) AskToSegment(header, runs.controls[runs.count], first.span.length);
  runs.begins[runs.count++] = begin;
  return true;
}

// A system that does not know the option would take no notice of it, and send one large datagram.
bool IsAllowed(Descriptor socket, Segmenting& segmenting) {
  if (segmenting == Segmenting::kUnknown) {
    int size = 0;
    socklen_t length = sizeof(size);
    const int known = getsockopt(ToInt(socket), IPPROTO_UDP, kUdpSegment, &size, &length);
    segmenting = known == 0 ? Segmenting::kAllowed : Segmenting::kRefused;
  }
  return segmenting == Segmenting::kAllowed;
}

void Divide(Descriptor socket, const Datagram* datagrams, size_t count, Segmenting& segmenting,
            Runs& runs) {
  runs.count = 0;
  size_t length = 0;
  for (size_t begin = 0; begin < count; begin += length) {
    length = segmenting == Segmenting::kRefused ? 1 : RunLength(&datagrams[begin], count - begin);
    if (length > 1 && !IsAllowed(socket, segmenting)) length = 1;
    if (!AddRun(runs, datagrams, begin, length)) return;
  }
}

// Too long for the way to this address, no checksums, a device that cannot add them: what can be
// sent alone is then sent alone.
bool IsRefusal(const Result& result) {
  const int error = result.native_error;
  return error == EINVAL || error == EIO || error == EMSGSIZE || error == EOPNOTSUPP;
}

}  // namespace

Result SendDatagrams(Descriptor socket, Datagram* datagrams, size_t count, Segmenting& segmenting) {
  Runs runs;
  Divide(socket, datagrams, count, segmenting, runs);
  if (runs.count == 0) return Failure(EAFNOSUPPORT);
  const auto send = [&] {
    const auto vector_length = static_cast<unsigned>(runs.count);
    return Retry([&] { return sendmmsg(ToInt(socket), runs.headers, vector_length, kNoSignal); });
  };
  Result sent = send();
  if (!sent.ok() && runs.headers[0].msg_hdr.msg_iovlen > 1 && IsRefusal(sent)) {
    segmenting = Segmenting::kRefused;
    Divide(socket, datagrams, count, segmenting, runs);
    sent = send();
  }
  int64_t left = 0;
  for (int64_t run = 0; run < sent.value; ++run) {
    const mmsghdr& header = runs.headers[run];
    const size_t length = header.msg_hdr.msg_iovlen;
    // All of a run has left, or nothing.
    for (size_t i = 0; i < length; ++i) {
      Datagram& datagram = datagrams[runs.begins[run] + i];
      datagram.length = length == 1 ? header.msg_len : datagram.span.length;
    }
    left += static_cast<int64_t>(length);
  }
  if (sent.ok()) sent.value = left;
  return sent;
}

#endif  // __linux__; elsewhere os/datagrams.cc

}  // namespace saea::os
