// The one way into JavaScript: calls lib's dispatch function, once for all that has finished unless
// a handler throws.

#ifndef SAEA_BINDING_DRAIN_H_
#define SAEA_BINDING_DRAIN_H_

#include <napi.h>

#include "engine/loop.h"

namespace saea::binding {

class Drain {
 public:
  Drain(Napi::Env env, engine::Loop& loop) : env_(env), loop_(loop) {}
  Drain(const Drain&) = delete;
  Drain& operator=(const Drain&) = delete;

  // dispatch takes no arguments, reads the ring until it is empty, and may throw. resource is the
  // async resource that it runs in.
  void SetDispatch(Napi::Function dispatch, Napi::Object resource);

  // Dispatches all completions of the turn.
  void RunTurn();

  // Whether dispatch, and with it the whole copy of lib, is kept from the garbage collector.
  void Hold(bool is_held);

 private:
  void ReportException();

  const Napi::Env env_;
  engine::Loop& loop_;
  Napi::FunctionReference dispatch_;
  Napi::ObjectReference resource_;  // weak: dispatch knows it
  bool is_held_ = false;
};

}  // namespace saea::binding

#endif  // SAEA_BINDING_DRAIN_H_
