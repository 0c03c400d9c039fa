namespace Saea.Bench;

/// <summary>The command line behind the first two words.</summary>
internal sealed class Options
{
    public int Port { get; }
    public int BufferSize { get; } = 65536;
    public int ConnectionCount { get; } = 64;
    public long BlockSize { get; } = 1;
    public string ContentPath { get; } = "";
    public bool IsCollecting { get; }

    public Options(string[] args)
    {
        for (int i = 2; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--port": Port = int.Parse(args[++i]); break;
                case "--buffer-size": BufferSize = int.Parse(args[++i]); break;
                case "--connections": ConnectionCount = int.Parse(args[++i]); break;
                case "--block-size": BlockSize = long.Parse(args[++i]); break;
                case "--content": ContentPath = args[++i]; break;
                case "--collect": IsCollecting = true; break;
                default: throw new ArgumentException($"unknown option {args[i]}");
            }
        }
    }
}
