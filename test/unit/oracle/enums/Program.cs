// Prints the names and values of every enum that the package has, as JSON.

using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;

Type[] types =
[
  typeof(AddressFamily),
  typeof(IOControlCode),
  typeof(IPProtectionLevel),
  typeof(ProtocolType),
  typeof(SelectMode),
  typeof(SocketAsyncOperation),
  typeof(SocketError),
  typeof(SocketFlags),
  typeof(SocketOptionLevel),
  typeof(SocketOptionName),
  typeof(SocketShutdown),
  typeof(SocketType),
  typeof(TransmitFileOptions),
];

// By field, because Enum.GetNames gives one name only where several share a value.
static Dictionary<string, long> Members(Type type) =>
  type.GetFields(BindingFlags.Public | BindingFlags.Static)
    .ToDictionary(field => field.Name, field => Convert.ToInt64(field.GetRawConstantValue()));

var enums = types.ToDictionary(
  type => type.Name,
  type => new
  {
    isFlags = type.IsDefined(typeof(FlagsAttribute)),
    members = Members(type),
  });

var options = new JsonSerializerOptions { WriteIndented = true };
Console.WriteLine(JsonSerializer.Serialize(enums, options));
