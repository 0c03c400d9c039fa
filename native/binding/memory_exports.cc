// Exports for memory: chunks of records, slabs, registered ArrayBuffers, and which of them an
// operation uses. A region is known to JavaScript as an External; lib keeps it as long as the
// ArrayBuffer it stands for.

#include "binding/arguments.h"
#include "binding/environment.h"
#include "binding/exports.h"
#include "engine/memory_region.h"
#include "os/page_block.h"

namespace saea::binding {

namespace {

using engine::MemoryRegion;

// What the region of somebody's ArrayBuffer needs to know: how to ask whether it is still attached.
// The reference is weak; lib keeps the buffer alive while it is in use.
struct Borrowed {
  napi_env env;
  napi_ref buffer;
};

bool IsBorrowedAttached(const MemoryRegion& region) {
  const auto& borrowed = *static_cast<Borrowed*>(region.context());
  const Napi::HandleScope scope(borrowed.env);
  napi_value buffer = nullptr;
  bool is_detached = true;
  const bool is_known =
      napi_get_reference_value(borrowed.env, borrowed.buffer, &buffer) == napi_ok &&
      buffer != nullptr &&
      napi_is_detached_arraybuffer(borrowed.env, buffer, &is_detached) == napi_ok;
  return is_known && !is_detached;
}

void DeleteBorrowed(MemoryRegion& region) {
  auto* borrowed = static_cast<Borrowed*>(region.context());
  napi_delete_reference(borrowed->env, borrowed->buffer);
  delete borrowed;
  delete &region;
}

void DeleteSlab(MemoryRegion& region) {
  delete static_cast<os::PageBlock*>(region.context());
  delete &region;
}

constexpr MemoryRegion::Owner kBorrowed = {IsBorrowedAttached, DeleteBorrowed};
// Nothing to ask: transfer() moves a slab to another ArrayBuffer object and frees nothing, and the
// pages stay for as long as an operation holds the region.
constexpr MemoryRegion::Owner kSlab = {nullptr, DeleteSlab};

// Takes over one reference. Empty, and the reference is gone, in a thread that is being terminated.
Napi::External<MemoryRegion> NewExternal(Napi::Env env, MemoryRegion* region) {
  const auto external = Napi::External<MemoryRegion>::New(
      env, region, [](Napi::BasicEnv, MemoryRegion* unreferenced) { unreferenced->Unref(); });
  if (external.IsEmpty()) region->Unref();
  return external;
}

// registerMemory(buffer: ArrayBuffer): Region | undefined
// undefined: the thread is being terminated.
Napi::Value RegisterMemory(const Napi::CallbackInfo& info) {
  auto buffer = info[0].As<Napi::ArrayBuffer>();
  auto* borrowed = new Borrowed{info.Env(), nullptr};
  CHECK(napi_create_reference(info.Env(), buffer, 0, &borrowed->buffer) == napi_ok);
  return NewExternal(info.Env(), new MemoryRegion(static_cast<uint8_t*>(buffer.Data()),
                                                  buffer.ByteLength(), kBorrowed, borrowed));
}

// createSlab(byteLength: number): { buffer: ArrayBuffer, region: Region } | undefined
// undefined: there is no memory left, or the embedder forbids such buffers.
Napi::Value CreateSlab(const Napi::CallbackInfo& info) {
  const auto length_bytes = static_cast<size_t>(Int64Argument(info, 0));
  auto pages = std::make_unique<os::PageBlock>(length_bytes);
  if (pages->data() == nullptr) return info.Env().Undefined();
  auto* region = new MemoryRegion(pages->data(), length_bytes, kSlab, pages.get());
  (void)pages.release();  // the region's from here on
  const Napi::External<MemoryRegion> external = NewExternal(info.Env(), region);
  if (external.IsEmpty()) return info.Env().Undefined();
  const Napi::Value buffer = NewExternalBuffer(
      info.Env(), region->data(), length_bytes,
      [](napi_env, void*, void* hint) { static_cast<MemoryRegion*>(hint)->Unref(); }, region);
  if (buffer.IsEmpty()) return info.Env().Undefined();
  region->Ref();  // the buffer's
  Napi::Object slab = Napi::Object::New(info.Env());
  Put(slab, "buffer", buffer);
  Put(slab, "region", external);
  return slab;
}

// addChunk(): ArrayBuffer | undefined
Napi::Value AddChunk(const Napi::CallbackInfo& info) {
  const Napi::Value chunk = EnvironmentOf(info).AddChunk();
  return chunk.IsEmpty() ? info.Env().Undefined() : chunk;
}

engine::BufferSet& BuffersArgument(const Napi::CallbackInfo& info) {
  engine::Operation& operation = EnvironmentOf(info).operations().at(Uint32Argument(info, 0));
  CHECK(operation.state() == engine::Operation::State::kFree);
  return operation.buffers();
}

// setBuffer(slot, region, byteOffset, byteLength): void
void SetBuffer(const Napi::CallbackInfo& info) {
  MemoryRegion& region = *info[1].As<Napi::External<MemoryRegion>>().Data();
  const bool is_inside =
      BuffersArgument(info).SetSingle(region, static_cast<size_t>(Int64Argument(info, 2)),
                                      static_cast<size_t>(Int64Argument(info, 3)));
  CHECK(is_inside);
}

// clearBuffer(slot): void
void ClearBuffer(const Napi::CallbackInfo& info) {
  BuffersArgument(info).Clear();
}

// beginBufferList(slot, count): void
void BeginBufferList(const Napi::CallbackInfo& info) {
  BuffersArgument(info).BeginList(Uint32Argument(info, 1));
}

// setSegment(slot, index, region, byteOffset, byteLength): void
void SetSegment(const Napi::CallbackInfo& info) {
  MemoryRegion& region = *info[2].As<Napi::External<MemoryRegion>>().Data();
  const bool is_inside = BuffersArgument(info).SetSegment(
      Uint32Argument(info, 1), region, static_cast<size_t>(Int64Argument(info, 3)),
      static_cast<size_t>(Int64Argument(info, 4)));
  CHECK(is_inside);
}

}  // namespace

void ExportMemory(Environment& environment, Napi::Object exports) {
  Put(exports, "completions", environment.completions_block().buffer());
  Put(exports, "submissions", environment.submissions_block().buffer());
  Put(exports, "mailbox", environment.mailbox_block().buffer());
  Export(exports, environment, "registerMemory", RegisterMemory);
  Export(exports, environment, "createSlab", CreateSlab);
  Export(exports, environment, "addChunk", AddChunk);
  Export(exports, environment, "setBuffer", SetBuffer);
  Export(exports, environment, "clearBuffer", ClearBuffer);
  Export(exports, environment, "beginBufferList", BeginBufferList);
  Export(exports, environment, "setSegment", SetSegment);
}

}  // namespace saea::binding
