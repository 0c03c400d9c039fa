// Exports for what SendPackets sends. A list is made first, element by element, and then given to
// the operation; until then JavaScript holds it, and lets it go, with its files, if anything fails.

#include "binding/answers.h"
#include "socket/packet_list.h"

namespace saea::binding {

namespace {

using socket::PacketList;

using Holder = std::unique_ptr<PacketList>;

PacketList& ListArgument(const Napi::CallbackInfo& info) {
  PacketList* list = info[0].As<Napi::External<Holder>>().Data()->get();
  CHECK(list != nullptr);
  return *list;
}

// -1 stands for "to the end of the file".
uint64_t LengthArgument(const Napi::CallbackInfo& info, size_t index) {
  const int64_t length = Int64Argument(info, index);
  return length < 0 ? PacketList::kToTheEnd : static_cast<uint64_t>(length);
}

// createPackets(): Packets | undefined
// undefined: the thread is being terminated.
Napi::Value CreatePackets(const Napi::CallbackInfo& info) {
  auto* created = new Holder(std::make_unique<PacketList>());
  const auto external = Napi::External<Holder>::New(
      info.Env(), created, [](Napi::BasicEnv, Holder* holder) { delete holder; });
  if (external.IsEmpty()) delete created;
  return external;
}

// addPacketBytes(packets, region, byteOffset, byteLength): void
void AddPacketBytes(const Napi::CallbackInfo& info) {
  engine::MemoryRegion& region = *info[1].As<Napi::External<engine::MemoryRegion>>().Data();
  const bool is_inside =
      ListArgument(info).AddBytes(region, static_cast<size_t>(Int64Argument(info, 2)),
                                  static_cast<size_t>(Int64Argument(info, 3)));
  CHECK(is_inside);
}

// addPacketPath(packets, path, offset, length): boolean
Napi::Value AddPacketPath(const Napi::CallbackInfo& info) {
  const std::string path = info[1].As<Napi::String>().Utf8Value();
  const auto offset = static_cast<uint64_t>(Int64Argument(info, 2));
  return AnswerBool(info,
                    ListArgument(info).AddPath(path.c_str(), offset, LengthArgument(info, 3)));
}

// addPacketFile(packets, descriptor, offset, length): boolean
Napi::Value AddPacketFile(const Napi::CallbackInfo& info) {
  const auto offset = static_cast<uint64_t>(Int64Argument(info, 2));
  return AnswerBool(info, ListArgument(info).AddOpenFile(Int32Argument(info, 1), offset,
                                                         LengthArgument(info, 3)));
}

// dropPackets(packets): void; closes the files
void DropPackets(const Napi::CallbackInfo& info) {
  info[0].As<Napi::External<Holder>>().Data()->reset();
}

// attachPackets(slot, packets): void
void AttachPackets(const Napi::CallbackInfo& info) {
  engine::Operation& operation = EnvironmentOf(info).operations().at(Uint32Argument(info, 0));
  Holder& holder = *info[1].As<Napi::External<Holder>>().Data();
  CHECK(holder != nullptr);
  operation.Attach(std::move(holder));
}

}  // namespace

void ExportPackets(Environment& environment, Napi::Object exports) {
  Export(exports, environment, "createPackets", CreatePackets);
  Export(exports, environment, "addPacketBytes", AddPacketBytes);
  Export(exports, environment, "addPacketPath", AddPacketPath);
  Export(exports, environment, "addPacketFile", AddPacketFile);
  Export(exports, environment, "dropPackets", DropPackets);
  Export(exports, environment, "attachPackets", AttachPackets);
}

}  // namespace saea::binding
