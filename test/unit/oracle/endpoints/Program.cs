// Prints, as JSON, how .NET parses, formats, classifies, compares and serializes endpoints. One
// record per line.

using System.Net;
using System.Net.Sockets;
using System.Text.Encodings.Web;
using System.Text.Json;

const int RandomTexts = 500;
const int RandomBytes = 150;

var options = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

void Section(string name, IEnumerable<object> records, string end = ",")
{
  var lines = records.Select(record =>
    JsonSerializer.Serialize(record, options).Replace("{\"", "{ \"").Replace("\0", "\\u0000"));
  Console.WriteLine($"\"{name}\": [\n{string.Join(",\n", lines)}\n]{end}");
}

static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

static long? Scope(IPAddress address) =>
  address.AddressFamily == AddressFamily.InterNetworkV6 ? address.ScopeId : null;

static object Parse(string text)
{
  IPAddress.TryParse(text, out var address);
  IPEndPoint.TryParse(text, out var endPoint);
  return new
  {
    text,
    address = address?.ToString(),
    bytes = address is null ? null : Hex(address.GetAddressBytes()),
    scope = address is null ? null : Scope(address),
    endPoint = endPoint?.ToString(),
  };
}

static object Classify(string text)
{
  var address = IPAddress.Parse(text);
  return new
  {
    text,
    isLoopback = IPAddress.IsLoopback(address),
    isIPv6Multicast = address.IsIPv6Multicast,
    isIPv6LinkLocal = address.IsIPv6LinkLocal,
    isIPv6SiteLocal = address.IsIPv6SiteLocal,
    isIPv6Teredo = address.IsIPv6Teredo,
    isIPv6UniqueLocal = address.IsIPv6UniqueLocal,
    isIPv4MappedToIPv6 = address.IsIPv4MappedToIPv6,
    mapToIPv4 = address.MapToIPv4().ToString(),
    mapToIPv6 = address.MapToIPv6().ToString(),
  };
}

static object Serialize(string text)
{
  var endPoint = IPEndPoint.Parse(text);
  var serialized = endPoint.Serialize();
  return new
  {
    text,
    socketAddress = serialized.ToString(),
    bytes = Hex(serialized.Buffer.Span),
    created = endPoint.Create(serialized).ToString(),
  };
}

static object SerializeUnix(string path)
{
  try
  {
    var endPoint = new UnixDomainSocketEndPoint(path);
    var serialized = endPoint.Serialize();
    return new
    {
      path,
      text = endPoint.ToString(),
      socketAddress = serialized.ToString(),
      created = endPoint.Create(serialized).ToString(),
    };
  }
  catch (ArgumentException exception)
  {
    return new { path, exception = exception.GetType().Name, paramName = exception.ParamName };
  }
}

static object CreateUnix(string hex)
{
  var bytes = Convert.FromHexString(hex);
  var socketAddress = new SocketAddress(AddressFamily.Unix, 2 + bytes.Length);
  bytes.CopyTo(socketAddress.Buffer.Span[2..]);
  var created = new UnixDomainSocketEndPoint("unused").Create(socketAddress);
  return new
  {
    bytes = hex,
    text = created.ToString(),
    socketAddress = created.Serialize().ToString(),
    equalsA = created.Equals(new UnixDomainSocketEndPoint("a")),
  };
}

static object MaximumSize(AddressFamily family)
{
  var size = SocketAddress.GetMaximumAddressSize(family);
  try
  {
    var made = new SocketAddress(family);
    var head = Hex(made.Buffer.Span[..2]);
    return new { family = (int)family, size, head, made = (int)made.Family };
  }
  catch (PlatformNotSupportedException exception)
  {
    return new { family = (int)family, size, exception = exception.GetType().Name };
  }
}

static object Compare(EndPoint left, EndPoint right) => new
{
  left = left.ToString(),
  right = right.ToString(),
  equal = left.Equals(right),
};

string[] classified =
[
  "0.0.0.0", "127.0.0.1", "127.255.3.4", "126.255.255.255", "128.0.0.1", "1.2.3.4", "224.0.0.1",
  "::", "::1", "::1%5", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:127.0.0.2",
  "::ffff:127.0.0.1%3", "::ffff:1.2.3.4", "::fffe:1.2.3.4", "ff00::", "ff02::1", "feff::1",
  "fe80::", "fe80::1%5", "febf::", "fe7f::", "fec0::", "feff::", "2001::", "2001:0:1::",
  "2001:1::", "fc00::", "fdff::", "fbff::", "fe00::",
];

string[] serialized =
[
  "0.0.0.0:0", "1.2.3.4:80", "255.254.253.252:65535", "[::]:0", "[::1]:443", "[fe80::1%3]:65535",
  "[febf::%4294967295]:1", "[ff02::1%5]:1", "[fec0::1%5]:1", "[2001:db8::1%5]:1",
  "[::ffff:1.2.3.4%5]:1",
];

string[] paths =
[
  "", "a", "/tmp/a.sock", "\0", "\0abstract", "\0a\0", "a\0b", "a\0", "é", "\ud83d\ude00",
  new('a', 107), new('a', 108), new('a', 109), "\0" + new string('a', 107),
  "\0" + new string('a', 108), new('é', 53), new('é', 54),
];

string[] received =
[
  "", "61", "6100", "610000", "610062", "61006200", "00", "0000", "0061", "006100", "ff61",
];

static IPEndPoint At(string address, int port) => new(IPAddress.Parse(address), port);
static DnsEndPoint Host(string host, int port, AddressFamily family = AddressFamily.Unspecified) =>
  new(host, port, family);

object[] compared =
[
  Compare(At("1.2.3.4", 1), At("1.2.3.4", 1)),
  Compare(At("1.2.3.4", 1), At("1.2.3.4", 2)),
  Compare(At("1.2.3.4", 1), At("1.2.3.5", 1)),
  Compare(At("1.2.3.4", 1), At("::ffff:1.2.3.4", 1)),
  Compare(At("0.0.0.0", 1), At("::", 1)),
  Compare(At("fe80::1%1", 1), At("fe80::1%1", 1)),
  Compare(At("fe80::1%1", 1), At("fe80::1%2", 1)),
  Compare(Host("host", 1), Host("host", 1)),
  Compare(Host("host", 1), Host("HOST", 1)),
  Compare(Host("host", 1), Host("host", 2)),
  Compare(Host("host", 1), Host("tsoh", 1)),
  Compare(Host("host", 1), Host("host", 1, AddressFamily.InterNetwork)),
  Compare(Host("1.2.3.4", 1, AddressFamily.InterNetwork), At("1.2.3.4", 1)),
];

Console.WriteLine("{");
Section("parsed", Inputs.Texts(RandomTexts).Select(Parse));
Section("formatted", Inputs.Bytes(RandomBytes)
  .Select(bytes => new { bytes = Hex(bytes), text = new IPAddress(bytes).ToString() }));
Section("classified", classified.Select(Classify));
Section("serialized", serialized.Select(Serialize));
Section("unixPaths", paths.Select(SerializeUnix));
Section("unixReceived", received.Select(CreateUnix));
Section("maximumSizes", Enum.GetValues<AddressFamily>().Distinct().Select(MaximumSize));
Section("compared", compared, end: "");
Console.WriteLine("}");
