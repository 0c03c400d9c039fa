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

// What the call needs beside the datagrams themselves. Left as it is where it is not used: it is
// some kilobytes of stack.
struct Batch {
  mmsghdr headers[kMaxDatagrams];
  sockaddr_storage addresses[kMaxDatagrams];
  alignas(cmsghdr) uint8_t controls[kMaxDatagrams][kControlBytes];
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
  for (size_t i = 0; i < count; ++i) {
    FillHeader(datagrams[i], batch.headers[i]);
    msghdr& header = batch.headers[i].msg_hdr;
    if (datagrams[i].address != nullptr) {
      header.msg_name = &batch.addresses[i];
      header.msg_namelen = sizeof(batch.addresses[i]);
    }
    if (datagrams[i].packet_information != nullptr) {
      header.msg_control = batch.controls[i];
      header.msg_controllen = sizeof(batch.controls[i]);
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

#endif  // __linux__; elsewhere os/datagrams.cc

}  // namespace saea::os
