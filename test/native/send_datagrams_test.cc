// Sending several datagrams in one call: which of them leave as one that the system cuts up, and
// that nobody can tell but by the number of calls.

#include <sys/socket.h>

#include <cerrno>
#include <string>
#include <vector>

#include "os/datagrams.h"
#include "os/numbers.h"
#include "support/faults.h"
#include "support/peer.h"
#include "support/test.h"

namespace {

using saea::abi::Address;
using saea::os::Datagram;
using saea::os::Result;
using saea::os::Segmenting;
using saea::test::Call;
using saea::test::CallCounter;
using saea::test::Create;
using saea::test::Faults;
using saea::test::Ipv4Loopback;
using saea::test::Peer;
namespace os = saea::os;
namespace socket_error = saea::os::socket_error;

using Texts = std::vector<std::string>;

constexpr size_t kReceivers = 3;

Peer NewUdp() {
  return Create(os::address_family::kInterNetwork, os::socket_type::kDgram,
                os::protocol_type::kUdp);
}

// A sender, and bound sockets that it sends to.
struct Fixture {
  Fixture() : sender(NewUdp()) {
    for (Receiver& each : receivers) {
      each.socket = NewUdp();
      EXPECT_TRUE(os::Bind(each.socket.descriptor(), Ipv4Loopback(0)).ok());
      EXPECT_TRUE(os::GetLocalAddress(each.socket.descriptor(), each.address).ok());
    }
  }

  // One datagram of each text; the first letter says to whom: a, b or c.
  Result Send(Texts& texts) {
    datagrams.clear();
    for (std::string& text : texts) {
      Datagram datagram = {};
      datagram.span = {reinterpret_cast<uint8_t*>(text.data()), text.size()};
      datagram.address = &receivers[text.empty() ? 0 : text[0] - 'a'].address;
      datagrams.push_back(datagram);
    }
    return os::SendDatagrams(sender.descriptor(), datagrams.data(), datagrams.size(), segmenting);
  }

  // The datagrams that have come to a receiver; over loopback they are there.
  Texts Arrived(size_t receiver) {
    Texts texts;
    std::string text(1 << 16, '\0');
    for (;;) {
      const ssize_t length =
          recv(receivers[receiver].socket.descriptor(), text.data(), text.size(), MSG_DONTWAIT);
      if (length < 0) return texts;
      texts.push_back(text.substr(0, static_cast<size_t>(length)));
    }
  }

  struct Receiver {
    Peer socket;
    Address address;
  };

  Peer sender;
  Receiver receivers[kReceivers];
  std::vector<Datagram> datagrams;
  Segmenting segmenting = Segmenting::kUnknown;
};

// How many of the system's datagrams these texts leave as: it takes one per call.
uint32_t CallsFor(Fixture& test, Texts texts) {
  Faults faults;
  faults.LimitSentDatagrams(1);
  const CallCounter calls;
  while (!texts.empty()) {
    const Result sent = test.Send(texts);
    EXPECT_TRUE(sent.ok());
    if (!sent.ok()) break;
    texts.erase(texts.begin(), texts.begin() + sent.value);
  }
  return calls.of(Call::kSendMessages);
}

bool CanSegment() {
  Fixture test;
  Texts texts = {"a", "a"};
  return test.Send(texts).ok() && test.segmenting == Segmenting::kAllowed;
}

#define REQUIRE_SEGMENTS() \
  REQUIRE_WRAPPED_CALLS(); \
  if (!CanSegment()) SKIP("the system here cuts no datagrams")

}  // namespace

TEST(DatagramsOfOneSizeToOneAddressLeaveAsOne) {
  REQUIRE_SEGMENTS();
  Fixture test;
  Texts texts = {"a0", "a1", "a2", "a3"};
  EXPECT_EQ(CallsFor(test, texts), 1);
  EXPECT_TRUE(test.Arrived(0) == texts);
}

TEST(ShorterDatagramEndsARunAndALongerOneBeginsTheNext) {
  REQUIRE_SEGMENTS();
  Fixture test;
  Texts texts = {"a0---", "a1---", "a2-", "a3-", "a4--", "a5--"};
  EXPECT_EQ(CallsFor(test, texts), 3);  // 0 to 2, 3, 4 and 5
  EXPECT_TRUE(test.Arrived(0) == texts);
}

TEST(AnotherAddressBeginsAnotherRun) {
  REQUIRE_SEGMENTS();
  Fixture test;
  EXPECT_EQ(CallsFor(test, {"a0", "a1", "b2", "b3", "a4", "c5"}), 4);
  EXPECT_TRUE((test.Arrived(0) == Texts{"a0", "a1", "a4"}));
  EXPECT_TRUE((test.Arrived(1) == Texts{"b2", "b3"}));
  EXPECT_TRUE((test.Arrived(2) == Texts{"c5"}));
}

TEST(DatagramsWithoutBytesLeaveAlone) {
  REQUIRE_SEGMENTS();
  Fixture test;
  Texts texts = {"", "", "a2", "", "a4", "a5"};
  EXPECT_EQ(CallsFor(test, texts), 5);
  EXPECT_TRUE(test.Arrived(0) == texts);
}

TEST(RunsAreNoLongerThanTheLargestDatagram) {
  REQUIRE_SEGMENTS();
  Fixture test;
  constexpr size_t kLarge = 30000;
  Texts texts(5, std::string(kLarge, 'a'));
  EXPECT_EQ(CallsFor(test, texts), 3);  // of 2, 2 and 1
  EXPECT_TRUE(test.Arrived(0) == texts);
}

TEST(EachDatagramOfARunIsReportedWithItsLength) {
  Fixture test;
  Texts texts = {"a0---", "a1---", "a2-", "b3"};
  const Result sent = test.Send(texts);
  REQUIRE_TRUE(sent.ok());
  for (size_t i = 0; i < static_cast<size_t>(sent.value); ++i) {
    EXPECT_EQ(test.datagrams[i].length, texts[i].size());
  }
}

TEST(RefusedRunLeavesOneByOneAndNoOtherIsTried) {
  REQUIRE_SEGMENTS();
  for (const int refusal : {EINVAL, EIO, EMSGSIZE, EOPNOTSUPP}) {
    Fixture test;
    Texts texts = {"a0", "a1", "a2"};
    Faults faults;
    faults.Fail(Call::kSendMessages, refusal);
    const Result sent = test.Send(texts);
    EXPECT_TRUE(sent.ok());
    EXPECT_EQ(sent.value, 3);
    EXPECT_TRUE(test.Arrived(0) == texts);
    EXPECT_TRUE(test.segmenting == Segmenting::kRefused);
    const CallCounter calls;
    EXPECT_EQ(test.Send(texts).value, 3);
    EXPECT_EQ(calls.of(Call::kSendMessages), 1);
    EXPECT_EQ(calls.of(Call::kGetOption), 0);
  }
}

TEST(ErrorThatIsNoRefusalIsThatOfTheFirst) {
  REQUIRE_SEGMENTS();
  Fixture test;
  Texts texts = {"a0", "a1"};
  Faults faults;
  faults.Fail(Call::kSendMessages, ECONNREFUSED);
  EXPECT_EQ(test.Send(texts).error, socket_error::kConnectionRefused);
  EXPECT_TRUE(test.segmenting == Segmenting::kAllowed);
}

TEST(SystemThatDoesNotKnowTheOptionIsNotGivenRuns) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  {
    Faults faults;
    faults.Fail(Call::kGetOption, ENOPROTOOPT);
    Texts texts = {"a0", "a1"};
    EXPECT_EQ(test.Send(texts).value, 2);
  }
  EXPECT_TRUE(test.segmenting == Segmenting::kRefused);
  EXPECT_EQ(CallsFor(test, {"a2", "a3", "a4"}), 3);
  EXPECT_TRUE((test.Arrived(0) == Texts{"a0", "a1", "a2", "a3", "a4"}));
}

TEST(SystemIsAskedOnceAndOnlyIfThereIsARun) {
  REQUIRE_WRAPPED_CALLS();
  Fixture test;
  const CallCounter calls;
  Texts different = {"a0", "b1"};
  Texts equal = {"a0", "a1"};
  EXPECT_TRUE(test.Send(different).ok());
  EXPECT_EQ(calls.of(Call::kGetOption), 0);
  EXPECT_TRUE(test.Send(equal).ok() && test.Send(equal).ok());
  EXPECT_EQ(calls.of(Call::kGetOption), 1);
}
