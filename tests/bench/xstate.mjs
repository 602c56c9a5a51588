// The peer: XState 5, one actor, actor.send for each step of the loop that bench_call plays.
// Usage: node xstate.mjs FOLDER-WITH-node_modules STEPS; prints steps a second of CPU.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const require = createRequire(resolve(process.argv[2], 'package.json'));
const { createMachine, createActor, assign } = require('xstate');
const wanted = Number(process.argv[3] ?? 300000);
const outcomes = ['caller', 'agent', 'system'];

const machine = createMachine({
    id: 'call',
    initial: 'count',
    context: { count: 1, name: '', armed: false, calls: 0 },
    states: {
        count: { on: { step: { target: 'third', actions: assign({ count: ({ context }) => context.count + 1 }) } } },
        third: {
            on: {
                step: [
                    { guard: ({ context }) => context.count % 3 === 0, target: 'name' },
                    { target: 'arm' },
                ],
            },
        },
        name: { on: { step: { target: 'arm', actions: assign({ name: ({ context }) => 'c' + context.count }) } } },
        arm: { on: { step: { target: 'queue', actions: assign({ armed: true }) } } },
        queue: {
            on: {
                caller: { target: 'count', actions: assign({ calls: ({ context }) => context.calls + 1, armed: false }) },
                agent: { target: 'after' },
                system: { target: 'after' },
            },
        },
        after: { on: { step: { target: 'count', actions: assign({ calls: ({ context }) => context.calls + 1, armed: false }) } } },
    },
});

function play(steps) {
    let seed = 12345;
    const actor = createActor(machine);
    actor.start();
    for (let i = 0; i < steps; i++) {
        let type = 'step';
        if (actor.getSnapshot().value === 'queue') {
            seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
            type = outcomes[(seed >>> 16) % 3];
        }
        actor.send({ type });
    }
    return actor.getSnapshot().context.calls;
}

play(20000);
const before = process.cpuUsage();
play(wanted);
const used = process.cpuUsage(before);
console.log(((wanted / (used.user + used.system)) * 1e6).toFixed(0));
