// The values of a scenario's steps, as the types that .NET's members take.

using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;

sealed class Values(Names names)
{
  static readonly Assembly[] assemblies = [typeof(Socket).Assembly, typeof(IPAddress).Assembly];

  /// <summary>A class of .NET by its name.</summary>
  public static Type? TypeOf(string name) =>
    assemblies
      .SelectMany(assembly =>
        new[] { assembly.GetType($"System.Net.Sockets.{name}"), assembly.GetType($"System.Net.{name}") })
      .FirstOrDefault(type => type is { IsPublic: true });

  /// <summary>A value where nothing says which type it should have.</summary>
  public object? Read(JsonElement value) =>
    value.ValueKind switch
    {
      JsonValueKind.Null => null,
      JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
      JsonValueKind.Number => value.TryGetInt32(out var number) ? (object)number : value.GetInt64(),
      JsonValueKind.String => ReadText(value.GetString()!),
      JsonValueKind.Array => ReadList(value),
      _ => ReadObject(value),
    };

  /// <summary>A value as a type; false if it is none of that type.</summary>
  public bool TryRead(JsonElement value, Type type, out object? result)
  {
    result = Read(value);
    if (result is null) return !type.IsValueType || Nullable.GetUnderlyingType(type) != null;
    if (type == typeof(object)) return result is not (byte[] or string or Enum or bool or int);
    if (type.IsInstanceOfType(result)) return true;
    result = Convert(result, Nullable.GetUnderlyingType(type) ?? type);
    return result != null;
  }

  static object? Convert(object value, Type type)
  {
    if (value is byte[] bytes)
    {
      if (type == typeof(Memory<byte>)) return new Memory<byte>(bytes);
      return type == typeof(ReadOnlyMemory<byte>) ? (object)new ReadOnlyMemory<byte>(bytes) : null;
    }
    if (value is ArraySegment<byte> part)
    {
      if (type == typeof(Memory<byte>)) return part.AsMemory();
      return type == typeof(ReadOnlyMemory<byte>) ? (object)(ReadOnlyMemory<byte>)part.AsMemory() : null;
    }
    if (value is List<ArraySegment<byte>> { Count: 0 } && type == typeof(SendPacketsElement[]))
    {
      return Array.Empty<SendPacketsElement>();
    }
    if (value is not (int or long)) return null;
    if (type.IsEnum) return Enum.ToObject(type, value);
    if (type == typeof(short)) return System.Convert.ToInt16(value);
    if (type == typeof(uint)) return System.Convert.ToUInt32(value);
    return type == typeof(long) ? System.Convert.ToInt64(value) : null;
  }

  object? ReadText(string text)
  {
    if (text.StartsWith('@')) return Follow(text[1..]);
    return text.StartsWith('#') ? ReadEnum(text[1..]) : names.Fill(text);
  }

  /// <summary>"SocketFlags.Peek|OutOfBand"</summary>
  static object ReadEnum(string text)
  {
    var (type, members) = (text[..text.IndexOf('.')], text[(text.IndexOf('.') + 1)..]);
    return Enum.Parse(TypeOf(type) ?? throw new NothingThere(type), members.Replace('|', ','));
  }

  /// <summary>"e.acceptSocket", "IPAddress.Loopback"</summary>
  object? Follow(string path)
  {
    var parts = path.Split('.');
    object? value = TypeOf(parts[0]) ?? names[parts[0]];
    foreach (var part in parts[1..]) value = Calls.Get(value!, part);
    return value;
  }

  object ReadList(JsonElement list)
  {
    var items = list.EnumerateArray().Select(Read).ToList();
    if (items.Exists(item => item is SendPacketsElement or null))
    {
      return items.Cast<SendPacketsElement?>().ToArray();
    }
    return items
      .Select(item => item is byte[] whole ? new ArraySegment<byte>(whole) : (ArraySegment<byte>)item!)
      .ToList();
  }

  object ReadObject(JsonElement value)
  {
    var (kind, content) = value.EnumerateObject().Select(each => (each.Name, each.Value)).Single();
    return kind switch
    {
      "bytes" => content.EnumerateArray().Select(each => each.GetByte()).ToArray(),
      "fill" => Pattern(content[0].GetInt32(), content[1].GetInt32()),
      "part" => new ArraySegment<byte>(
        (byte[])Read(content[0])!, content[1].GetInt32(), content[2].GetInt32()),
      "ip" => IPAddress.Parse(content[0].GetString()!),
      "endPoint" => new IPEndPoint(IPAddress.Parse(content[0].GetString()!), PortOf(content[1])),
      "dns" => content.GetArrayLength() == 2
        ? new DnsEndPoint(content[0].GetString()!, PortOf(content[1]))
        : new DnsEndPoint(
            content[0].GetString()!, PortOf(content[1]), (AddressFamily)Read(content[2])!),
      "unix" => new UnixDomainSocketEndPoint(names.Fill(content[0].GetString()!)),
      "file" => WriteFile(names.Fill(content[0].GetString()!), content[1].GetInt32()),
      "open" => OpenFile(names.Fill(content[0].GetString()!)),
      _ => throw new NothingThere(kind),
    };
  }

  /// <summary>A number, or the port that a socket is bound to.</summary>
  int PortOf(JsonElement port) =>
    port.ValueKind == JsonValueKind.Number
      ? port.GetInt32()
      : ((IPEndPoint)((Socket)Read(port)!).LocalEndPoint!).Port;

  static byte[] Pattern(int length, int seed)
  {
    var bytes = new byte[length];
    if (seed == 0) return bytes;
    for (var i = 0; i < length; i++) bytes[i] = (byte)(seed + i * 31 + (i >> 8) * 7);
    return bytes;
  }

  static string WriteFile(string path, int length)
  {
    File.WriteAllBytes(path, Pattern(length, 1));
    return path;
  }

  static FileStream OpenFile(string path) =>
    new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, useAsync: true);
}
