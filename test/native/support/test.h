// The native tests' own runner, in one screen: no exceptions, no RTTI, no dependency, so that it
// works wherever the engine compiles. Included by every test/native/*_test.cc, each of which
// becomes one program; test.cc holds main(). Never included by native/.
//
//   TEST(ClosedDirectionRefusesSubmit) {
//     EXPECT_EQ(direction.Submit(operation), Status::kClosed);
//   }
//
// A failed expectation is printed and counted, and the test goes on; REQUIRE_TRUE leaves the test.
// The program takes a part of a test's name as its only argument, or as SAEA_TEST_FILTER.

#ifndef SAEA_TEST_NATIVE_SUPPORT_TEST_H_
#define SAEA_TEST_NATIVE_SUPPORT_TEST_H_

#include <functional>
#include <sstream>
#include <string>
#include <type_traits>
#include <utility>

namespace saea::test {

using Body = void (*)();

// Called while the program starts, before main().
bool Register(const char* name, Body body);

void Fail(const char* file, int line, const std::string& what);
void Skip(const char* why);

// True if the body ends the process by abort(), as a failed CHECK does. Runs in a child process, so
// whatever else the body changes is not seen here.
bool Aborts(const std::function<void()>& body);

template <typename T, typename = void>
struct IsPrintable : std::false_type {};
template <typename T>
struct IsPrintable<T,
                   std::void_t<decltype(std::declval<std::ostringstream&>() << std::declval<T>())>>
    : std::true_type {};

template <typename T>
std::string Describe(const T& value) {
  std::ostringstream out;
  if constexpr (std::is_same_v<T, bool>) {
    out << (value ? "true" : "false");
  } else if constexpr (std::is_enum_v<T>) {
    out << +static_cast<std::underlying_type_t<T>>(value);
  } else if constexpr (std::is_integral_v<T>) {
    out << +value;  // a uint8_t is a number here, not a letter
  } else if constexpr (std::is_null_pointer_v<T>) {
    out << "nullptr";
  } else if constexpr (std::is_pointer_v<T> && !std::is_convertible_v<T, const char*>) {
    out << static_cast<const void*>(value);
  } else if constexpr (IsPrintable<const T&>::value) {
    out << value;
  } else {
    out << "(a value of " << sizeof(T) << " bytes)";
  }
  return out.str();
}

template <typename A, typename B, typename Holds>
bool Compare(const A& a, const B& b, Holds holds, const char* text, const char* file, int line) {
  if (holds(a, b)) return true;
  Fail(file, line,
       std::string(text) + "\n      left:  " + Describe(a) + "\n      right: " + Describe(b));
  return false;
}

inline bool True(bool value, const char* text, const char* file, int line) {
  if (!value) Fail(file, line, text);
  return value;
}

}  // namespace saea::test

#define TEST(name)                                       \
  static void Test##name();                              \
  [[maybe_unused]] static const bool kRegistered##name = \
      ::saea::test::Register(#name, Test##name);         \
  static void Test##name()

#define SAEA_COMPARE(a, op, b)                                                             \
  ::saea::test::Compare((a), (b),                                                          \
                        [](const auto& left, const auto& right) { return left op right; }, \
                        #a " " #op " " #b, __FILE__, __LINE__)

#define EXPECT_EQ(a, b) SAEA_COMPARE(a, ==, b)
#define EXPECT_NE(a, b) SAEA_COMPARE(a, !=, b)
#define EXPECT_LT(a, b) SAEA_COMPARE(a, <, b)
#define EXPECT_LE(a, b) SAEA_COMPARE(a, <=, b)
#define EXPECT_GT(a, b) SAEA_COMPARE(a, >, b)
#define EXPECT_GE(a, b) SAEA_COMPARE(a, >=, b)
#define EXPECT_TRUE(condition) ::saea::test::True((condition), #condition, __FILE__, __LINE__)
#define EXPECT_FALSE(condition) \
  ::saea::test::True(!(condition), "!(" #condition ")", __FILE__, __LINE__)

// For what the rest of the test stands on.
#define REQUIRE_TRUE(condition) \
  if (EXPECT_TRUE(condition)) { \
  } else                        \
    return

#define EXPECT_ABORT(...)                                                                 \
  ::saea::test::True(::saea::test::Aborts([&] { __VA_ARGS__; }), "aborts: " #__VA_ARGS__, \
                     __FILE__, __LINE__)

// Ends the test without a verdict. The reason is printed in the summary of `npm test`.
#define SKIP(why)            \
  do {                       \
    ::saea::test::Skip(why); \
    return;                  \
  } while (false)

#endif  // SAEA_TEST_NATIVE_SUPPORT_TEST_H_
