// Performs the steps of one scenario and writes the trace. test/conformance/comparison/scenario.ts
// says what the steps are; interpreter.ts beside it is the other half of this file.

using System.Net.Sockets;
using System.Text.Json;

sealed class Scenario : IDisposable
{
  int deadlineMs = 4000;

  readonly Names names = new();
  readonly Values values;
  readonly Show show;
  readonly Snapshots snapshots;
  readonly List<EventArgs> eventArgs = [];
  readonly Dictionary<EventArgs, JsonElement> handlers = [];
  readonly List<string> inHandlers = [];

  public Scenario()
  {
    values = new Values(names);
    show = new Show(names);
    snapshots = new Snapshots(names, show);
  }

  public string Run(JsonElement scenario)
  {
    var trace = new List<object>();
    if (scenario.TryGetProperty("deadlineMs", out var ms)) deadlineMs = ms.GetInt32();
    foreach (var step in scenario.GetProperty("steps").EnumerateArray())
    {
      var outcome = Perform(step);
      var changes = snapshots.Take(eventArgs);
      if (step[0].GetString() == "quiet" && outcome == "") changes.Clear();
      trace.Add(changes.Count == 0 ? outcome : new object[] { outcome, changes });
    }
    End();
    var name = scenario.GetProperty("name").GetString();
    return JsonSerializer.Serialize(new { name, trace }, Members.Json);
  }

  string Perform(JsonElement step)
  {
    try
    {
      return step[0].GetString() switch
      {
        "quiet" => Quiet(step[1]),
        "let" => Let(step[1].GetString()!, values.Read(step[2])),
        "new" => Let(step[1].GetString()!, Calls.Construct(step[2].GetString()!, From(step, 3), values)),
        "get" => string.Join(' ', From(step, 2).Select(name => Get(step[1], name.GetString()!))),
        "set" => Set(step),
        "call" => Call(step),
        "start" => Start(step) ? "pending" : "complete",
        "await" => Await(ArgsOf(step[1])),
        "do" => Do(step),
        "until" => Until(step),
        "onCompleted" => OnCompleted(step),
        var verb => throw new NothingThere($"step {verb}"),
      };
    }
    catch (Exception exception)
    {
      return show.Thrown(exception);
    }
  }

  static List<JsonElement> From(JsonElement step, int index) =>
    step.EnumerateArray().Skip(index).ToList();

  /// <summary>Steps that only prepare: nothing is said of them unless one goes wrong.</summary>
  string Quiet(JsonElement steps)
  {
    var wrong = "";
    foreach (var step in steps.EnumerateArray())
    {
      var outcome = Perform(step);
      if (outcome is not ("" or "done" or "pending" or "complete") && !outcome.StartsWith("by "))
      {
        wrong += $"{step}: {outcome}";
      }
    }
    snapshots.Take(eventArgs);
    return wrong;
  }

  string Let(string name, object? value)
  {
    names.Add(name, value);
    if (value is SocketAsyncEventArgs e && !eventArgs.Exists(each => each.E == e))
    {
      var args = new EventArgs(e);
      eventArgs.Add(args);
      e.Completed += (sender, _) => Completed(args, sender);
    }
    return value is null ? "null" : "";
  }

  string Get(JsonElement target, string name)
  {
    try
    {
      return show.Value(Calls.Get(Target(target), name));
    }
    catch (Exception exception)
    {
      return show.Thrown(exception);
    }
  }

  string Set(JsonElement step)
  {
    Calls.Set(Target(step[1]), step[2].GetString()!, step[3], values);
    return "";
  }

  string Call(JsonElement step)
  {
    var result = Calls.Invoke(Target(step[1]), step[2].GetString()!, From(step, 3), values);
    return result is null ? "" : show.Value(result);
  }

  /// <summary>An object by its name, or a class for its static members.</summary>
  object Target(JsonElement target)
  {
    var text = target.GetString()!;
    return text.StartsWith('@') ? values.Read(target)! : Values.TypeOf(text) ?? throw new NothingThere(text);
  }

  EventArgs ArgsOf(JsonElement reference)
  {
    var e = (SocketAsyncEventArgs)values.Read(reference)!;
    return eventArgs.Find(each => each.E == e)!;
  }

  /// <summary>["start", "@e", method, target, …arguments before e]</summary>
  bool Start(JsonElement step)
  {
    var args = ArgsOf(step[1]);
    var target = Target(step[3]);
    var arguments = From(step, 4);
    arguments.Add(step[1]);
    if (args.IsInFlight) return (bool)Calls.Invoke(target, step[2].GetString()!, arguments, values)!;
    var wasUnsettled = args.IsUnsettled;
    args.Begin(target);
    try
    {
      args.WasPending = (bool)Calls.Invoke(target, step[2].GetString()!, arguments, values)!;
    }
    catch
    {
      args.End(wasUnsettled);
      throw;
    }
    if (!args.WasPending) args.End(wasUnsettled);
    return args.WasPending;
  }

  void Completed(EventArgs args, object? sender)
  {
    args.Sender = sender;
    args.IsInFlight = false;
    if (handlers.Remove(args, out var steps))
    {
      inHandlers.AddRange(steps.EnumerateArray().Select(Perform));
    }
    if (!args.IsInFlight) args.Idle.Set();
  }

  string Await(EventArgs args)
  {
    if (!args.Settle(deadlineMs)) return "late";
    if (!args.WasPending) return "was complete";
    var nested = inHandlers.Count == 0 ? "" : $" [{string.Join("; ", inHandlers)}]";
    inHandlers.Clear();
    return $"by {show.Value(args.Sender)}{nested}";
  }

  /// <summary>Starts and waits: whether it was pending is no part of the trace.</summary>
  string Do(JsonElement step)
  {
    Start(step);
    return Await(ArgsOf(step[1])) == "late" ? "late" : "done";
  }

  /// <summary>["until", target, property, value]: a number is at least so great.</summary>
  string Until(JsonElement step)
  {
    var end = Environment.TickCount64 + deadlineMs;
    while (Environment.TickCount64 < end)
    {
      var value = Calls.Get(Target(step[1]), step[2].GetString()!);
      if (value is int number && number >= step[3].GetInt32()) return "";
      Thread.Yield();
    }
    return "late";
  }

  /// <summary>["onCompleted", "@e", steps]: performed once, inside the handler.</summary>
  string OnCompleted(JsonElement step)
  {
    handlers[ArgsOf(step[1])] = step[2];
    return "";
  }

  /// <summary>Closes everything. How that ends what is still in flight is a matter of time.</summary>
  void End()
  {
    foreach (var (_, value) in names.All) (value as Socket)?.Dispose();
    foreach (var args in eventArgs)
    {
      args.Idle.Wait(deadlineMs);
      args.E.AcceptSocket?.Dispose();
      args.E.ConnectSocket?.Dispose();
      args.E.Dispose();
    }
  }

  public void Dispose() => names.Dispose();
}
