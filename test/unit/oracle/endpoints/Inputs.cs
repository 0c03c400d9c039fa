// The texts to parse: cases chosen by hand, and a larger set made from a fixed seed.

using System.Globalization;

internal static class Inputs
{
  // No name of an interface that any machine could have, or the record would depend on the machine.
  private static readonly string[] Chosen =
  [
    // IPv4: parts, bases, ranges.
    "", "0", "00", "1", "127.1", "1.2.3", "1.2.3.4", "1.2.3.4.5", "1.2.3.4.", ".1.2.3.4", "1..2.3",
    "255.255.255.255", "256.1", "1.256", "1.2.3.256", "255.16777215", "255.16777216", "1.2.65535",
    "1.2.65536", "4294967295", "4294967296", "99999999999999999999", "18446744073709551617",
    "010", "010.0.0.1", "01.02.03.04", "08.1.1.1", "09", "1.2.3.00000000000377",
    "1.2.3.00000000000400", "037777777777", "040000000000", "000000000000000001",
    "0x10", "0X1f.1", "0x", "0x.1", "0x0.", "0xg", "1.2.3.0x", "0x1.0x2.0x3.0x4", "0xffffffff",
    "0x7f000001", "0x100000000", "0x0000000000000001", "0x10000000000000001", "00x1",
    "-1", "+1", "1,2", "1e3", "0b1", "0o7", "x", "localhost", " 1.2.3.4", "1.2.3.4 ", "1.2.3.4\0",
    "1.2.3.4/24", "1.2.3.4?", "1.2.3.4%1", "[1.2.3.4]", "\uff11.2.3.4",
    // IPv4 with a port.
    "1.2.3.4:80", "1.2.3.4:0", "1.2.3.4:65535", "1.2.3.4:65536", "1.2.3.4:4294967376", "1.2.3.4:",
    "1.2.3.4:00080", "1.2.3.4:00000000000000000000080", "1.2.3.4:-1", "1.2.3.4:+1", "1.2.3.4: 80",
    "1.2.3.4:80 ", "1.2.3.4:80\0", "1.2.3.4:80\0\0", "1.2.3.4:\0", "1.2.3.4:0x50", "1.2.3.4:8a",
    "[1.2.3.4]:80", ":80", ":", "1:80", "127.1:80", "0x7f.1:80", "1.2.3.4:80:90",
    // IPv6: groups and gaps.
    "::", "::1", "1::", "1::8", "::0001", "::00001", "::12345", "12345::", "::g", "1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:",
    ":1:2:3:4:5:6:7:8", "::2:3:4:5:6:7:8", "1::3:4:5:6:7:8", "1:2:3:4:5:6:7::", "1:2:3:4:5:6::8",
    "::1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8::", "1:2:3:4::5:6:7:8", "1::2::3", ":::", ":::1", "1:::",
    "1:::2", "::1::", "::1:", "0:0:0:0:0:0:0:0", "0:0:0:0:0:0:0::", "0:0:0:0:0:0:0:0::",
    "ABCD::EF01",
    "2001:db8:0:0:1:0:0:1", "2001:db8:0:1:1:1:1:1", "0:0:1:0:0:0:1:0", "1:0:0:1:0:0:0:1", "::1:80",
    " ::1", "::1 ", "::1\0", "::1/64", "::1#", "::\uff11",
    // IPv6 that ends dotted.
    "::1.2.3.4", "::ffff:1.2.3.4", "::FFFF:1.2.3.4", "::abcd:1.2.3.4", "::ffff:0:1.2.3.4",
    "64:ff9b::1.2.3.4", "::5efe:1.2.3.4", "1::5efe:1.2.3.4", "fe80::1:5efe:1.2.3.4", "::0.0.0.0",
    "::0.0.0.1", "::0.1.0.0", "::ffff:0.0.0.0", "1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4",
    "1:2:3:4:5:1.2.3.4", "1:2:3:4:5::1.2.3.4", "1:2:3:4:5:6::1.2.3.4", "::2:3:4:5:6:1.2.3.4",
    "::1.2.3", "::1.2.3.4.5", "::1.2.3.256", "::1.2.3.", "::.1.2.3", "::1.2..4", "::a.b.c.d",
    "::1a.2.3.4",
    "::01.2.3.4", "::1.02.3.4", "::1.2.03.4", "::1.2.3.04", "::1.2.3.0255", "::1.2.3.0256",
    "::1.2.3.00",
    "::1.2.3.004", "::0.0.0.03", "::00.1.2.3", "::0x1.2.3.4", "::1.2.3.4:5", "1.2.3.4::",
    "::1.2.3.4/8",
    "0:0:0:0:0:5efe:0:0", "0:0:0:0:ffff:0:1:0", "0:0:0:0:ffff:0:0:1", "0:0:0:0:0:ffff:0:1", "::1:0",
    // IPv6 with a scope.
    "fe80::1%3", "::1%0", "::1%", "::1%03", "::1%00000000000000000000000005", "::1%4294967295",
    "::1%4294967296", "::1%99999999999999999999", "::1%-1", "::1%+3", "::1% 3", "::1%3 ", "::1%3\0",
    "::1%3\0001", "::1%0x3", "::1%no-such-interface", "::1%a/b", "::1%3/64", "::1%%3", "::1%3%4",
    "::1%a:b",
    "::1%a]b", "::1%a[b", "%3", "::%3", "1:2:3:4:5:6:7:8%1", "::ffff:1.2.3.4%5", "1.2.3.4%:",
    "::1%1.2.3.4",
    // Brackets and ports behind them.
    "[::1]", "[::1", "::1]", "[]", "[", "]", "[[::1]]", "[::1]]", "[::1]x", "[::1] ", " [::1]",
    "[::1]:80",
    "[::1]:", "[::1]:0", "[::1]:00080", "[::1]:65535", "[::1]:65536", "[::1]:99999999999",
    "[::1]:0x50",
    "[::1]:0X50", "[::1]:0x", "[::1]:0xg", "[::1]:8a", "[::1]: ", "[::1]:80 ", "[::1]:80\0",
    "[::1]:80:90",
    "[::1]80", "[::1]::", "[::1%3]", "[::1%3]:80", "[::1%3", "[::1]%3", "[::1%]:80", "[%]:80",
    "[::1.2.3.4]:80",
    "[1:2:3:4:5:6:7:8]:1", "[::]:80%1", "[::1%a]b", "[::1]/", "[fe80::1%4294967295]:443",
  ];

  private static uint state = 20250607;

  private static int Next(int bound)
  {
    state = unchecked((state * 1664525) + 1013904223);
    return (int)(((ulong)state * (ulong)bound) >> 32);
  }

  private static T Pick<T>(params T[] choices) => choices[Next(choices.Length)];

  private static string Hex(int value) => value.ToString("x", CultureInfo.InvariantCulture);

  private static string Octal(int value) => Convert.ToString(value, 8);

  private static string Join(string separator, int count, Func<string> part) =>
    string.Join(separator, Enumerable.Range(0, count).Select(_ => part()));

  private static string Part() => Next(8) switch
  {
    0 => "0x" + Hex(Next(300)),
    1 => "0" + Octal(Next(400)),
    2 => $"{Next(300)}",
    _ => $"{Next(256)}",
  };

  private static string IPv4() => Join(".", Pick(4, 4, 4, 3, 2, 1), Part);

  private static string Group() =>
    Pick("0", "0", "0", "0000", "1", "ffff", "5EFE", "fe80", Hex(Next(65536)), Hex(Next(65536)));

  private static string IPv6()
  {
    var dotted = Next(4) == 0;
    var gap = Next(3) > 0;
    var count = (dotted ? 6 : 8) - (gap ? 1 + Next(5) : 0);
    var groups = Enumerable.Range(0, count).Select(_ => Group()).ToList();
    if (dotted) groups.Add(Join(".", 4, () => $"{Next(258)}"));
    if (!gap) return string.Join(":", groups);
    var at = Next(dotted ? count + 1 : groups.Count + 1);
    return $"{string.Join(":", groups.Take(at))}::{string.Join(":", groups.Skip(at))}";
  }

  private static string Scope() => Pick("", "", "", $"%{Next(100)}", "%", "%4294967295");

  private static string Port() => Pick("", "", ":80", $":{Next(70000)}", ":0443");

  private static string Damage(string text)
  {
    if (Next(6) > 0) return text;
    var at = Next(text.Length);
    return Next(2) == 0
      ? text.Remove(at, 1)
      : text.Insert(at, Pick(":", ".", "0", "f", "%", "[", "]", "/", " ", "x", "::"));
  }

  private static string Random() => Damage(Next(3) switch
  {
    0 => IPv4() + Port(),
    1 => IPv6() + Scope(),
    _ => $"[{IPv6()}{Scope()}]{Port()}",
  });

  /// <summary>Every text, each once.</summary>
  public static IEnumerable<string> Texts(int randomCount) =>
    Chosen.Concat(Enumerable.Range(0, randomCount).Select(_ => Random()).ToList()).Distinct();

  /// <summary>Sixteen bytes with many zeros, as the formatter's rules are about zeros.</summary>
  public static IEnumerable<byte[]> Bytes(int count)
  {
    for (var made = 0; made < count; made++)
    {
      var groups = Enumerable.Range(0, 8)
        .Select(_ => Pick(0, 0, 0, 0xffff, 0x5efe, 1, Next(65536)));
      yield return groups.SelectMany(group => new[] { (byte)(group >> 8), (byte)group }).ToArray();
    }
  }
}
