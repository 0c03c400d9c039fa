// Performs scenarios on the real .NET: reads them from standard input, one a line, and writes what
// a caller saw, one a line. With --members it lists the public members that .NET has instead.

using System.Text.Json;

if (args is ["--members"])
{
  Console.WriteLine(Members.ToJson());
  return;
}

while (Console.In.ReadLine() is { } line)
{
  using var document = JsonDocument.Parse(line);
  using var scenario = new Scenario();
  Console.Out.WriteLine(scenario.Run(document.RootElement));
  Console.Out.Flush();
}
