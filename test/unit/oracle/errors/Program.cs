// Prints, as JSON: how socket errors and error numbers of the system belong together, and from
// which classes the exceptions derive. The tables are internal to .NET, hence the reflection.

using System.ComponentModel;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;

const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static;
var assembly = typeof(Socket).Assembly;
var tables = assembly.GetType("System.Net.Sockets.SocketErrorPal")!;
var toSocketError = tables.GetMethod("GetSocketErrorForNativeError", All)!;
var toNative = tables.GetMethod("TryGetNativeErrorForSocketError", All)!;
var native = toSocketError.GetParameters()[0].ParameterType;

// From the name of an error number to the socket error; by name, because numbers differ by system.
var errnos = Enum.GetNames(native).ToDictionary(
  name => name,
  name => toSocketError.Invoke(null, [Enum.Parse(native, name)])!.ToString());

// From the socket error to the name of an error number; null where .NET has none. Of the names of
// one number the shortest is taken: EAGAIN, not EWOULDBLOCK.
string? NativeName(SocketError error)
{
  object?[] arguments = [error, null];
  if (!(bool)toNative.Invoke(null, arguments)!) return null;
  return Enum.GetNames(native)
    .Where(name => Enum.Parse(native, name).Equals(arguments[1]))
    .MinBy(name => name.Length);
}

var errors = Enum.GetValues<SocketError>().Select(error => new
{
  name = error.ToString(),
  native = NativeName(error),
  // On Linux; of use where there is no name, or one of .NET's own.
  nativeErrorCode = new SocketException((int)error).NativeErrorCode,
});

Type[] exceptions =
[
  typeof(ArgumentException),
  typeof(ArgumentNullException),
  typeof(ArgumentOutOfRangeException),
  typeof(DirectoryNotFoundException),
  typeof(FileNotFoundException),
  typeof(FormatException),
  typeof(IOException),
  typeof(IndexOutOfRangeException),
  typeof(InvalidOperationException),
  typeof(NotImplementedException),
  typeof(NotSupportedException),
  typeof(ObjectDisposedException),
  typeof(OverflowException),
  typeof(PlatformNotSupportedException),
  typeof(SocketException),
  typeof(Win32Exception),
];

static IEnumerable<string> Bases(Type type)
{
  for (var at = type.BaseType; at != typeof(object); at = at!.BaseType) yield return at!.Name;
}

Console.WriteLine(JsonSerializer.Serialize(
  new
  {
    errors,
    errnos,
    exceptions = exceptions.ToDictionary(type => type.Name, Bases),
  },
  new JsonSerializerOptions { WriteIndented = true }));
