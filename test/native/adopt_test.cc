// Descriptors from elsewhere, and what a socket is ready for.

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "os/numbers.h"
#include "os/socket_ops.h"
#include "support/peer.h"
#include "support/rig.h"
#include "support/test.h"

namespace {

using saea::os::Description;
using saea::os::Result;
using saea::test::Create;
using saea::test::Pair;
using saea::test::PairKind;
using saea::test::Peer;
using saea::test::Rig;
namespace os = saea::os;
namespace address_family = saea::os::address_family;
namespace protocol_type = saea::os::protocol_type;
namespace select_mode = saea::os::select_mode;
namespace socket_error = saea::os::socket_error;
namespace socket_type = saea::os::socket_type;

int NewBlockingSocket() {
  return socket(AF_INET, SOCK_DGRAM, 0);
}

int64_t IsReady(int descriptor, int32_t mode) {
  const Result result = os::IsReady(descriptor, mode);
  return result.ok() ? result.value : -1;
}

}  // namespace

TEST(AdoptedDescriptorIsNonBlockingAndNotInherited) {
  Rig rig;
  const int descriptor = NewBlockingSocket();
  EXPECT_FALSE(rig.sockets.Owns(descriptor));
  Description description = {};
  const Result adopted = rig.sockets.Adopt(descriptor, description);
  EXPECT_TRUE(adopted.ok());
  EXPECT_TRUE(rig.sockets.Owns(descriptor));
  EXPECT_EQ(description.family, address_family::kInterNetwork);
  EXPECT_EQ(description.type, socket_type::kDgram);
  EXPECT_EQ(description.protocol, protocol_type::kUdp);
  EXPECT_FALSE(description.is_listening);
  EXPECT_NE(fcntl(descriptor, F_GETFL) & O_NONBLOCK, 0);
  EXPECT_NE(fcntl(descriptor, F_GETFD) & FD_CLOEXEC, 0);
  rig.sockets.Close(static_cast<uint32_t>(adopted.value), false);
  EXPECT_FALSE(rig.sockets.Owns(descriptor));
  EXPECT_EQ(fcntl(descriptor, F_GETFD), -1);
}

TEST(DescriptorThatIsNoSocketIsNotAdoptedAndStaysOpen) {
  Rig rig;
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  Description description = {};
  EXPECT_EQ(rig.sockets.Adopt(ends[0], description).error, socket_error::kNotSocket);
  EXPECT_EQ(fcntl(ends[0], F_GETFL) & O_NONBLOCK, 0);
  close(ends[0]);
  close(ends[1]);
  EXPECT_EQ(rig.sockets.Adopt(ends[0], description).error, socket_error::kNotSocket);
  EXPECT_EQ(rig.sockets.Adopt(-2, description).error, socket_error::kNotSocket);
  EXPECT_EQ(rig.sockets.open_count(), 0);
}

TEST(ReadinessIsDotnets) {
  Pair pair = saea::test::MakePair(PairKind::kTcp4);
  const Peer ours(pair.ours);
  EXPECT_EQ(IsReady(pair.ours, select_mode::kRead), 0);
  EXPECT_EQ(IsReady(pair.ours, select_mode::kWrite), 1);
  EXPECT_EQ(IsReady(pair.ours, select_mode::kError), 0);
  EXPECT_EQ(IsReady(pair.ours, 3), 0);
  const int fresh = socket(AF_INET, SOCK_STREAM, 0);
  EXPECT_EQ(IsReady(fresh, select_mode::kRead), 1);
  EXPECT_EQ(IsReady(fresh, select_mode::kWrite), 1);
  EXPECT_EQ(IsReady(fresh, select_mode::kError), 0);
  close(fresh);
}

TEST(MarkIsKnownToStreamsAlone) {
  Pair pair = saea::test::MakePair(PairKind::kTcp4);
  const Peer ours(pair.ours);
  EXPECT_EQ(os::IsAtMark(pair.ours).value, 0);
  const Peer datagrams =
      Create(address_family::kInterNetwork, socket_type::kDgram, protocol_type::kUdp);
  EXPECT_FALSE(os::IsAtMark(datagrams.descriptor()).ok());
}
