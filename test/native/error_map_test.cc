// The whole table from errno to SocketError, as .NET has it (docs/errors.md).

#include "os/error_map.h"

#include <cerrno>
#include <set>

#include "os/posix/system_call.h"
#include "support/test.h"

namespace {

using saea::os::Failure;
using saea::os::FromReturn;
using saea::os::Result;
using saea::os::Retry;
using saea::os::ToSocketError;

// .NET's numbers, written out: socket_error.h is what is tested here too.
constexpr struct {
  int native_error;
  int32_t socket_error;
} kTable[] = {
    {0, 0},
    {EACCES, 10013},
    {EADDRINUSE, 10048},
    {EADDRNOTAVAIL, 10049},
    {EAFNOSUPPORT, 10047},
    {EAGAIN, 10035},
    {EALREADY, 10037},
    {EBADF, 995},
    {ECANCELED, 995},
    {ECONNABORTED, 10053},
    {ECONNREFUSED, 10061},
    {ECONNRESET, 10054},
    {EDESTADDRREQ, 10039},
    {EFAULT, 10014},
    {EHOSTDOWN, 10064},
    {EHOSTUNREACH, 10065},
    {EINPROGRESS, 10036},
    {EINTR, 10004},
    {EINVAL, 10022},
    {EISCONN, 10056},
    {EMFILE, 10024},
    {EMSGSIZE, 10040},
    {ENETDOWN, 10050},
    {ENETRESET, 10052},
    {ENETUNREACH, 10051},
    {ENFILE, 10024},
    {ENOBUFS, 10055},
    {ENODATA, 11004},
    {ENOENT, 10049},
    {ENOPROTOOPT, 10042},
    {ENOTCONN, 10057},
    {ENOTSOCK, 10038},
    {ENOTSUP, 10045},
    {ENXIO, 11001},
    {EOPNOTSUPP, 10045},
    {EPERM, 10013},
    {EPFNOSUPPORT, 10046},
    {EPIPE, 10058},
    {EPROTONOSUPPORT, 10043},
    {EPROTOTYPE, 10041},
    {ESHUTDOWN, 10101},
    {ESOCKTNOSUPPORT, 10044},
    {ETIMEDOUT, 10060},
    {EWOULDBLOCK, 10035},
};

}  // namespace

TEST(EveryErrnoOfTheTableHasItsSocketError) {
  for (const auto& row : kTable) EXPECT_EQ(ToSocketError(row.native_error), row.socket_error);
}

TEST(EveryOtherErrnoIsUnspecified) {
  constexpr int kBeyondTheLastErrno = 200;
  std::set<int> listed;
  for (const auto& row : kTable) listed.insert(row.native_error);
  for (int native_error = -1; native_error < kBeyondTheLastErrno; ++native_error) {
    if (listed.count(native_error) == 0) EXPECT_EQ(ToSocketError(native_error), -1);
  }
}

TEST(FailureHoldsBothNumbersAndNoValue) {
  const Result failure = Failure(ECONNRESET);
  EXPECT_FALSE(failure.ok());
  EXPECT_FALSE(failure.would_block());
  EXPECT_EQ(failure.error, 10054);
  EXPECT_EQ(failure.native_error, ECONNRESET);
  EXPECT_EQ(failure.value, 0);
  EXPECT_TRUE(Failure(EAGAIN).would_block());
}

TEST(WhatACallReturnsIsTheValueOrErrno) {
  errno = EPIPE;
  EXPECT_TRUE(FromReturn(0).ok());
  EXPECT_EQ(FromReturn(7).value, 7);
  EXPECT_EQ(FromReturn(-1).native_error, EPIPE);
}

TEST(RetryCallsAgainForInterruptionsAlone) {
  int calls = 0;
  const auto interrupted_twice = [&] {
    errno = EINTR;
    return ++calls <= 2 ? -1 : 5;
  };
  EXPECT_EQ(Retry(interrupted_twice).value, 5);
  EXPECT_EQ(calls, 3);
  const auto would_block = [&] {
    ++calls;
    errno = EAGAIN;
    return -1;
  };
  EXPECT_TRUE(Retry(would_block).would_block());
  EXPECT_EQ(calls, 4);
}
