#include "os/datagrams.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include "os/address.h"
#include "os/numbers.h"
#include "os/posix/packet_information.h"
#include "os/posix/system_call.h"

namespace saea::os {

#ifdef __linux__

namespace {

// What the calls need beside the datagrams themselves, on the stack of the caller. Left as it is
// where it is not used: it is some kilobytes.
struct Batch {
  mmsghdr headers[kMaxDatagrams];
  sockaddr_storage addresses[kMaxDatagrams];
};

void FillHeader(Datagram& datagram, mmsghdr& to) {
  to.msg_len = 0;
  msghdr& header = to.msg_hdr;
  header.msg_name = nullptr;
  header.msg_namelen = 0;
  header.msg_iov = reinterpret_cast<iovec*>(&datagram.span);
  header.msg_iovlen = 1;
  header.msg_control = nullptr;
  header.msg_controllen = 0;
  header.msg_flags = 0;
}

}  // namespace

Result ReceiveDatagrams(Descriptor socket, Datagram* datagrams, size_t count, bool& is_drained) {
  Batch batch;
  alignas(cmsghdr) uint8_t controls[kMaxDatagrams][kControlBytes];
  for (size_t i = 0; i < count; ++i) {
    FillHeader(datagrams[i], batch.headers[i]);
    msghdr& header = batch.headers[i].msg_hdr;
    if (datagrams[i].address != nullptr) {
      header.msg_name = &batch.addresses[i];
      header.msg_namelen = sizeof(batch.addresses[i]);
    }
    if (datagrams[i].packet_information != nullptr) {
      header.msg_control = controls[i];
      header.msg_controllen = sizeof(controls[i]);
    }
  }
  const auto vector_length = static_cast<unsigned>(count);
  const Result received =
      Retry([&] { return recvmmsg(ToInt(socket), batch.headers, vector_length, 0, nullptr); });
  for (int64_t i = 0; i < received.value; ++i) {
    Datagram& datagram = datagrams[i];
    msghdr& header = batch.headers[i].msg_hdr;
    datagram.length = batch.headers[i].msg_len;
    datagram.flags = FromSystemFlags(header.msg_flags);
    if (datagram.address != nullptr) {
      FromSystemAddress(batch.addresses[i], header.msg_namelen, *datagram.address);
    }
    if (datagram.packet_information != nullptr) {
      ReadPacketInformation(header, *datagram.packet_information);
    }
  }
  is_drained = received.value < static_cast<int64_t>(count);
  return received;
}

Result SendDatagrams(Descriptor socket, Datagram* datagrams, size_t count) {
  Batch batch;
  size_t filled = 0;
  for (; filled < count; ++filled) {
    Datagram& datagram = datagrams[filled];
    FillHeader(datagram, batch.headers[filled]);
    if (datagram.address == nullptr) continue;
    msghdr& header = batch.headers[filled].msg_hdr;
    header.msg_namelen = ToSystemAddress(*datagram.address, batch.addresses[filled]);
    header.msg_name = &batch.addresses[filled];
    if (header.msg_namelen == 0) break;  // a family that the system does not know
  }
  if (filled == 0) return Failure(EAFNOSUPPORT);
  const auto vector_length = static_cast<unsigned>(filled);
  const Result sent =
      Retry([&] { return sendmmsg(ToInt(socket), batch.headers, vector_length, kNoSignal); });
  for (int64_t i = 0; i < sent.value; ++i) datagrams[i].length = batch.headers[i].msg_len;
  return sent;
}

#endif  // __linux__; elsewhere os/datagrams.cc

}  // namespace saea::os
