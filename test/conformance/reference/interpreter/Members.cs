// The public members of the classes that we have too, as .NET has them.

using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;

static class Members
{
  static readonly Type[] types =
  [
    typeof(SocketAsyncEventArgs), typeof(Socket), typeof(SendPacketsElement), typeof(EndPoint),
    typeof(IPEndPoint), typeof(DnsEndPoint), typeof(UnixDomainSocketEndPoint), typeof(IPAddress),
    typeof(SocketAddress), typeof(IPPacketInformation), typeof(LingerOption),
    typeof(MulticastOption), typeof(IPv6MulticastOption), typeof(SocketException),
  ];

  /// <summary>Texts stay readable: only what JSON needs is escaped.</summary>
  public static readonly JsonSerializerOptions Json =
    new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

  const BindingFlags declared =
    BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
    | BindingFlags.DeclaredOnly;

  public static string ToJson() =>
    JsonSerializer.Serialize(
      types.ToDictionary(type => type.Name, Of), new JsonSerializerOptions(Json) { WriteIndented = true });

  /// <summary>By name, each with how many overloads it has; constructors are called "new".</summary>
  static SortedDictionary<string, int> Of(Type type)
  {
    var names = type.GetMembers(declared).Where(IsVisible).Select(NameOf);
    return new SortedDictionary<string, int>(
      names.GroupBy(name => name).ToDictionary(group => group.Key, group => group.Count()),
      StringComparer.Ordinal);
  }

  static string NameOf(MemberInfo member) => member is ConstructorInfo ? "new" : member.Name;

  static bool IsVisible(MemberInfo member) =>
    member switch
    {
      ConstructorInfo each => each.IsPublic,
      MethodInfo each => !each.IsSpecialName && (each.IsPublic || each.IsFamily)
        && !each.Name.Contains('.') && each.Name != "Finalize",
      PropertyInfo each => each.GetMethod is { IsPublic: true },
      FieldInfo each => each.IsPublic,
      EventInfo each => each.AddMethod is { IsPublic: true },
      _ => false,
    };
}
