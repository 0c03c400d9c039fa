#include "engine/uv/kept_watchers.h"

#include <utility>

#include "engine/uv/watcher.h"

namespace saea::engine {

Watcher* KeptWatchers::Take(int32_t descriptor) {
  if (descriptor < 0 || static_cast<size_t>(descriptor) >= by_number_.size()) return nullptr;
  Watcher* const kept = std::exchange(by_number_[static_cast<size_t>(descriptor)], nullptr);
  if (kept != nullptr) --count_;
  return kept;
}

bool KeptWatchers::HasRoomFor(int32_t descriptor) const {
  if (is_closed_ || descriptor >= kNumbers) return false;
  const auto number = static_cast<size_t>(descriptor);
  return number >= by_number_.size() || by_number_[number] == nullptr;
}

void KeptWatchers::Keep(Watcher& watcher) {
  const auto number = static_cast<size_t>(watcher.descriptor());
  if (number >= by_number_.size()) by_number_.resize(number + 1, nullptr);
  by_number_[number] = &watcher;
  ++count_;
}

void KeptWatchers::FreeUnclaimed() {
  is_closed_ = true;
  for (Watcher*& kept : by_number_) {
    // Whoever can be started has the number for itself, and may be closed.
    if (kept != nullptr && kept->Set(Readiness::kReadable) == 0) Free(kept);
  }
}

void KeptWatchers::FreeAll() {
  is_closed_ = true;
  for (Watcher*& kept : by_number_) {
    if (kept != nullptr) Free(kept);
  }
}

void KeptWatchers::Free(Watcher*& kept) {
  --count_;
  std::exchange(kept, nullptr)->Free();
}

}  // namespace saea::engine
