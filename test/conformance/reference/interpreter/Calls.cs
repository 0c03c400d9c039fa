// Members by the names that ours have: camelCase, otherwise .NET's.

using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;

static class Calls
{
  const BindingFlags anyMember =
    BindingFlags.Public | BindingFlags.IgnoreCase | BindingFlags.Instance | BindingFlags.Static
    | BindingFlags.FlattenHierarchy;

  const BindingFlags anyCall = BindingFlags.DoNotWrapExceptions;

  public static object? Get(object target, string name)
  {
    var type = target as Type ?? target.GetType();
    var instance = target is Type ? null : target;
    if (type.GetProperty(name, anyMember) is { } property)
    {
      return property.GetValue(instance, anyCall, null, null, null);
    }
    return type.GetField(name, anyMember) is { } field
      ? field.GetValue(instance)
      : throw new NothingThere($"{type.Name}.{name}");
  }

  public static void Set(object target, string name, JsonElement value, Values values)
  {
    var type = target as Type ?? target.GetType();
    var property = type.GetProperty(name, anyMember);
    if (property?.SetMethod is not { IsPublic: true }
        || !values.TryRead(value, property.PropertyType, out var converted))
    {
      throw new NothingThere($"{type.Name}.{name}");
    }
    property.SetValue(target, converted, anyCall, null, null, null);
  }

  public static object? Invoke(
    object target, string name, IReadOnlyList<JsonElement> arguments, Values values)
  {
    var type = target as Type ?? target.GetType();
    if (name.EndsWith("RawSocketOption")) return RawOption((Socket)target, name, arguments, values);
    var methods = type.GetMethods(anyMember)
      .Where(method => method.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
        && method.IsStatic == target is Type);
    var (found, converted) = Choose(methods, arguments, values)
      ?? throw new NothingThere($"{type.Name}.{name}");
    return ((MethodInfo)found).Invoke(target as Type is null ? target : null, anyCall, null, converted, null);
  }

  public static object Construct(string typeName, IReadOnlyList<JsonElement> arguments, Values values)
  {
    var type = Values.TypeOf(typeName) ?? throw new NothingThere(typeName);
    var (found, converted) = Choose(type.GetConstructors(), arguments, values)
      ?? throw new NothingThere($"new {typeName}");
    return ((ConstructorInfo)found).Invoke(anyCall, null, converted, null);
  }

  /// <summary>The first overload that takes these arguments; arrays before memory, objects last.</summary>
  static (MethodBase, object?[])? Choose(
    IEnumerable<MethodBase> methods, IReadOnlyList<JsonElement> arguments, Values values)
  {
    foreach (var method in methods.OrderBy(Rank))
    {
      var parameters = method.GetParameters();
      if (parameters.Length != arguments.Count || method.IsGenericMethod) continue;
      var converted = new object?[parameters.Length];
      var fits = true;
      for (var i = 0; i < parameters.Length && fits; i++)
      {
        fits = values.TryRead(arguments[i], parameters[i].ParameterType, out converted[i]);
      }
      if (fits) return (method, converted);
    }
    return null;
  }

  static int Rank(MethodBase method) =>
    method.GetParameters().Max(
      parameter => parameter.ParameterType == typeof(object) ? 2
        : parameter.ParameterType.Name.Contains("Memory") ? 1 : 0, 0);

  static int Max<T>(this IEnumerable<T> items, Func<T, int> measure, int least) =>
    items.Aggregate(least, (most, item) => Math.Max(most, measure(item)));

  /// <summary>Spans cannot pass through reflection.</summary>
  static object? RawOption(
    Socket socket, string name, IReadOnlyList<JsonElement> arguments, Values values)
  {
    var (level, option) = (arguments[0].GetInt32(), arguments[1].GetInt32());
    var bytes = (byte[])values.Read(arguments[2])!;
    if (name.StartsWith("get")) return socket.GetRawSocketOption(level, option, bytes);
    socket.SetRawSocketOption(level, option, bytes);
    return null;
  }
}
