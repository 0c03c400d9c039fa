// What SendPackets sends: files are opened and closed here, and lists run through in order.

#include "socket/packet_list.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/numbers.h"
#include "support/peer.h"
#include "support/temporary_file.h"
#include "support/test.h"

namespace {

using saea::engine::MemoryRegion;
using saea::socket::PacketList;
using saea::test::OpenDescriptorCount;
using saea::test::TemporaryFile;

constexpr MemoryRegion::Owner kNobody = {nullptr, nullptr};

}  // namespace

TEST(EmptyListIsDone) {
  EXPECT_TRUE(PacketList().is_done());
}

TEST(ListIsRunThroughInOrder) {
  const TemporaryFile file("content");
  uint8_t memory[8] = {};
  MemoryRegion region(memory, sizeof memory, kNobody, nullptr);
  {
    PacketList list;
    EXPECT_TRUE(list.AddBytes(region, 2, 3));
    EXPECT_TRUE(list.AddPath(file.path().c_str(), 1, PacketList::kToTheEnd).ok());
    EXPECT_TRUE(list.AddBytes(region, 8, 0));

    EXPECT_FALSE(list.is_done());
    EXPECT_TRUE(list.current().file == nullptr);
    EXPECT_EQ(list.current().remaining, 3);
    EXPECT_TRUE(list.current().bytes.single().data == memory + 2);
    list.Advance();
    EXPECT_TRUE(list.current().file != nullptr);
    EXPECT_EQ(list.current().offset, 1);
    EXPECT_EQ(list.current().remaining, PacketList::kToTheEnd);
    EXPECT_FALSE(list.current().is_measured);
    list.Advance();
    EXPECT_EQ(list.current().remaining, 0);
    list.Advance();
    EXPECT_TRUE(list.is_done());
  }
}

TEST(PartOutsideOfTheMemoryIsRefused) {
  uint8_t memory[8] = {};
  MemoryRegion region(memory, sizeof memory, kNobody, nullptr);
  PacketList list;
  EXPECT_FALSE(list.AddBytes(region, 9, 0));
  EXPECT_FALSE(list.AddBytes(region, 4, 5));
  EXPECT_FALSE(list.AddBytes(region, SIZE_MAX, 2));
  EXPECT_TRUE(list.is_done());
}

TEST(FilesAreClosedWithTheList) {
  const TemporaryFile file("content");
  const size_t before = OpenDescriptorCount();
  {
    PacketList list;
    EXPECT_TRUE(list.AddPath(file.path().c_str(), 0, 1).ok());
    EXPECT_TRUE(list.AddOpenFile(file.descriptor(), 0, 1).ok());
    if (before > 0) EXPECT_EQ(OpenDescriptorCount(), before + 2);
    EXPECT_TRUE(list.current().file->descriptor() != file.descriptor());
  }
  EXPECT_EQ(OpenDescriptorCount(), before);
  EXPECT_TRUE(fcntl(file.descriptor(), F_GETFD) != -1);  // the user's own stays
}

TEST(FilesAreNotHandedToProgramsThatAreStarted) {
  const TemporaryFile file("content");
  PacketList list;
  EXPECT_TRUE(list.AddPath(file.path().c_str(), 0, 1).ok());
  EXPECT_TRUE(list.AddOpenFile(file.descriptor(), 0, 1).ok());
  for (; !list.is_done(); list.Advance()) {
    const auto descriptor = static_cast<int>(list.current().file->descriptor());
    EXPECT_EQ(fcntl(descriptor, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
  }
}

TEST(WhatCannotBeOpenedIsNoPartOfTheList) {
  const TemporaryFile file("content");
  const std::string fifo = file.path() + ".fifo";
  REQUIRE_TRUE(mkfifo(fifo.c_str(), 0600) == 0);
  const size_t before = OpenDescriptorCount();
  PacketList list;
  EXPECT_EQ(list.AddPath((file.path() + ".missing").c_str(), 0, 1).native_error, ENOENT);
  EXPECT_EQ(list.AddPath((file.path() + "/x").c_str(), 0, 1).native_error, ENOTDIR);
  EXPECT_EQ(list.AddPath("/", 0, 1).native_error, EISDIR);
  EXPECT_EQ(list.AddPath(fifo.c_str(), 0, 1).native_error, ESPIPE);  // without waiting for a writer
  EXPECT_EQ(list.AddOpenFile(-1, 0, 1).native_error, EBADF);
  EXPECT_EQ(list.AddOpenFile(1 << 20, 0, 1).native_error, EBADF);
  EXPECT_TRUE(list.is_done());
  EXPECT_EQ(OpenDescriptorCount(), before);
  unlink(fifo.c_str());
}
