// Objects by the names that a scenario gives them, and names for what differs from run to run:
// ports, paths, abstract names.

using System.Net.Sockets;

sealed class Names : IDisposable
{
  readonly List<string> order = [];
  readonly Dictionary<string, object> objects = [];
  readonly Dictionary<object, string> names = new(ReferenceEqualityComparer.Instance);
  readonly Dictionary<int, string> ports = [];

  /// <summary>The folder of this scenario's files, made when it is first asked for.</summary>
  string? folder;

  /// <summary>Makes the abstract names of this run different from those of all others.</summary>
  readonly string tag = $"saea-{Environment.ProcessId:x}-{Random.Shared.Next():x}";

  public IEnumerable<(string Name, object Value)> All =>
    order.Select(name => (name, objects[name]));

  public void Add(string name, object? value)
  {
    if (value is null) return;
    if (!objects.ContainsKey(name)) order.Add(name);
    objects[name] = value;
    names.TryAdd(value, name);
  }

  public object this[string name] =>
    objects.TryGetValue(name, out var value) ? value : throw new NothingThere(name);

  public string? NameOf(object value) => names.GetValueOrDefault(value);

  /// <summary>A text of a scenario, its placeholders filled.</summary>
  public string Fill(string text)
  {
    if (text.Contains("$folder")) text = text.Replace("$folder", folder ??= MakeFolder());
    return text.Replace("$tag", tag);
  }

  /// <summary>The reverse, for texts that go into the trace.</summary>
  public string Blank(string text)
  {
    if (folder != null) text = text.Replace(folder, "$folder");
    return text.Replace(tag, "$tag");
  }

  /// <summary>Ports that the system chose are called p1, p2, … in the order of their appearance.</summary>
  public string Port(int port)
  {
    if (port < 1024) return port.ToString();
    if (!ports.TryGetValue(port, out var name)) ports[port] = name = $"p{ports.Count + 1}";
    return name;
  }

  public void Dispose()
  {
    foreach (var value in objects.Values) (value as FileStream)?.Dispose();
    if (folder != null) Directory.Delete(folder, recursive: true);
  }

  static string MakeFolder() => Directory.CreateTempSubdirectory("saea-").FullName;
}

/// <summary>The scenario asks for a member or an object that is not there.</summary>
sealed class NothingThere(string what) : Exception(what);
