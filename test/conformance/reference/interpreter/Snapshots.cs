// What has changed since the last look at all objects that have a name and that nothing is in
// flight on: those of them that something is in flight on may change at any time.

using System.Net.Sockets;
using System.Runtime.InteropServices;

sealed class Snapshots(Names names, Show show)
{
  static readonly string[] ofSockets =
    ["addressFamily", "connected", "isBound", "blocking", "localEndPoint", "remoteEndPoint"];

  static readonly string[] ofEventArgs =
  [
    "acceptSocket", "buffer", "bufferList", "bytesTransferred", "connectByNameError",
    "connectSocket", "count", "disconnectReuseSocket", "lastOperation", "memoryBuffer", "offset",
    "receiveMessageFromPacketInfo", "remoteEndPoint", "sendPacketsElements", "sendPacketsFlags",
    "sendPacketsSendSize", "socketError", "socketFlags", "userToken",
  ];

  readonly Dictionary<string, string> last = [];

  /// <summary>The changes, by "object.property". What is seen first is no change.</summary>
  public Dictionary<string, string> Take(IEnumerable<EventArgs> all)
  {
    var busy = new HashSet<object>(all.Where(each => each.IsUnsettled).SelectMany(each => each.Uses),
      ReferenceEqualityComparer.Instance);
    var changes = new Dictionary<string, string>();
    foreach (var (name, value) in names.All)
    {
      if (busy.Contains(value)) continue;
      if (value is SocketAsyncEventArgs) Look(name, value, ofEventArgs, changes);
      else if (value is Socket) Look(name, value, ofSockets, changes);
      else if (value is byte[] bytes) Note(name, Show.Content(bytes), changes);
    }
    return changes;
  }

  void Look(string name, object value, string[] properties, Dictionary<string, string> changes)
  {
    foreach (var property in properties)
    {
      Note($"{name}.{property}", show.Property(value, property), changes);
    }
  }

  void Note(string key, string value, Dictionary<string, string> changes)
  {
    if (last.TryGetValue(key, out var before) && before != value) changes[key] = value;
    last[key] = value;
  }
}

/// <summary>Event args of a scenario, and what is in flight with them.</summary>
sealed class EventArgs(SocketAsyncEventArgs e)
{
  public readonly SocketAsyncEventArgs E = e;
  public readonly ManualResetEventSlim Idle = new(true);
  public volatile bool IsInFlight;

  /// <summary>Pending, and the scenario has not waited for the end yet.</summary>
  public bool IsUnsettled;
  public bool WasPending;
  public object? Sender;
  object? target;
  object? acceptSocket;

  public void Begin(object on)
  {
    (target, acceptSocket, Sender) = (on, E.AcceptSocket, null);
    Idle.Reset();
    IsInFlight = IsUnsettled = true;
  }

  /// <summary>It did not become pending; inside a handler the one before is still unsettled.</summary>
  public void End(bool wasUnsettled)
  {
    IsInFlight = false;
    IsUnsettled = wasUnsettled;
    Idle.Set();
  }

  public bool Settle(int deadlineMs)
  {
    if (!Idle.Wait(deadlineMs)) return false;
    IsUnsettled = false;
    return true;
  }

  /// <summary>All that may change as long as the operation is in flight.</summary>
  public IEnumerable<object> Uses
  {
    get
    {
      yield return E;
      if (target is Socket) yield return target;
      if (acceptSocket != null) yield return acceptSocket;
      if (MemoryMarshal.TryGetArray<byte>(E.MemoryBuffer, out var part)) yield return part.Array!;
      foreach (var segment in E.BufferList ?? []) yield return segment.Array!;
    }
  }
}
