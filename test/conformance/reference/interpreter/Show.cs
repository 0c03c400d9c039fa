// Values as the trace shows them: nothing in it differs from run to run.

using System.Collections;
using System.Net;
using System.Net.Sockets;

sealed class Show(Names names)
{
  public string Value(object? value) =>
    value switch
    {
      null => "null",
      bool truth => truth ? "true" : "false",
      SocketFlags or TransmitFileOptions => ((int)value).ToString(),
      Enum => value.ToString()!,
      Exception exception => Thrown(exception),
      string text => names.Blank(text),
      FileStream => "a file",
      _ when names.NameOf(value) is { } name => $"@{name}",
      Socket => "a socket",
      IPEndPoint endPoint => At(endPoint),
      DnsEndPoint endPoint => $"{endPoint.Host}:{names.Port(endPoint.Port)}",
      EndPoint endPoint => names.Blank(endPoint.ToString()!).Replace('\0', '@'),
      LingerOption linger => $"linger {Value(linger.Enabled)} {linger.LingerTime}",
      IPPacketInformation packet => $"{Value(packet.Address)} {(packet.Interface > 0 ? "some" : "no")}",
      byte[] bytes => bytes.Length <= 16 ? Convert.ToHexString(bytes) : $"{bytes.Length} bytes",
      Memory<byte> memory => $"memory of {memory.Length}",
      ReadOnlyMemory<byte> memory => $"memory of {memory.Length}",
      IList list => $"list of {list.Count}",
      IntPtr => "a handle",
      _ => value.ToString()!,
    };

  public string Thrown(Exception exception) =>
    exception switch
    {
      NothingThere => $"no such thing: {exception.Message}",
      SocketException socket => $"SocketException({socket.SocketErrorCode})",
      ArgumentException argument => $"{argument.GetType().Name}({argument.ParamName ?? "no name"})",
      _ => exception.GetType().Name,
    };

  /// <summary>A property's value, or what reading it throws.</summary>
  public string Property(object target, string name)
  {
    try
    {
      return Value(Calls.Get(target, name));
    }
    catch (Exception exception)
    {
      return Thrown(exception);
    }
  }

  /// <summary>A short hash: FNV-1a of 32 bits.</summary>
  public static string Content(byte[] bytes)
  {
    var hash = 0x811c9dc5u;
    foreach (var each in bytes) hash = (hash ^ each) * 0x01000193;
    return hash.ToString("x8");
  }

  string At(IPEndPoint endPoint)
  {
    var address = endPoint.AddressFamily == AddressFamily.InterNetworkV6
      ? $"[{endPoint.Address}]" : endPoint.Address.ToString();
    return $"{address}:{names.Port(endPoint.Port)}";
  }
}
