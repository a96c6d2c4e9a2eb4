// SQS and SNS on a free port of the loopback interface, in a process of its own: the package is an ES module, which
// tests that run as CommonJS cannot load. Prints the port; ends with its parent.
import { startFauxqs } from 'fauxqs';

const server = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false });
process.stdout.write(`${server.port}\n`);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
