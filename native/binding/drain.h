// The one way into JavaScript: calls lib's dispatch function, once per turn of the loop unless a
// handler throws.

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

  // For engine::Loop.
  static void Run(void* self);

 private:
  void RunTurn();
  void ReportException();

  const Napi::Env env_;
  engine::Loop& loop_;
  Napi::FunctionReference dispatch_;
  Napi::ObjectReference resource_;
};

}  // namespace saea::binding

#endif  // SAEA_BINDING_DRAIN_H_
