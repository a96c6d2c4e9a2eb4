/** A box that is keyboard, mouse and screen to the laptop, and can be worked from anywhere. */
import { isoTime } from '../../../../core/time.ts';
import type { Attack, Stage } from '../../attack.ts';
import { deviceRegistered } from '../../records/entra-audits.ts';
import type { Staff } from '../../staff.ts';
import { US } from '../parts/cities.ts';
import { hireOn } from '../parts/days.ts';
import { note } from '../parts/note.ts';

/** As a collector of USB devices writes one. */
type Peripheral = Readonly<Record<'VendorId' | 'ProductId' | 'Product' | 'SerialNumber', string>>;

/** As the boxes call themselves, by their makers' own sources. */
const KVMS: readonly [Peripheral, ...Peripheral[]] = [
  { VendorId: '1d6b', ProductId: '0104', Product: 'PiKVM Composite Device', SerialNumber: 'CAFEBABE' },
  { VendorId: '1d6b', ProductId: '0104', Product: 'tinypilot', SerialNumber: '6b65796d696d6570690' },
  { VendorId: '1d6b', ProductId: '0104', Product: 'JetKVM USB Emulation Device', SerialNumber: '' },
  { VendorId: '3346', ProductId: '1009', Product: 'NanoKVM', SerialNumber: '0123456789ABCDEF' },
];

export const kvmAtAFarm: Attack = {
  name: 'kvm-at-a-farm',
  title: 'An IP-KVM on a laptop of a farm',
  story:
    'Two new hires claim the city in which both laptops stand, on one residential line. There is no remote software: an IP-KVM (PiKVM, TinyPilot, JetKVM or NanoKVM) is keyboard, mouse and screen. One of the two laptops is registered with Systems Manager, where the company collects USB devices as a custom inventory, and there the box shows under its own name in the second week.',
  expects: ['remote-kvm', 'laptop-farm'],
  expectsComposite: true,
  play(stage) {
    const { random } = stage;
    const claimed = random.pick(US);
    const home = stage.geography.home(claimed);
    const days = [random.between(1, 4), random.between(2, 6)] as const;
    const [first, second] = [
      hireOn(stage, stage.workday(days[0]), { claimed, home }),
      hireOn(stage, stage.workday(days[1]), { claimed, home }),
    ];
    const instance = showPeripherals(stage, first, stage.workday(random.between(9, 14)));
    stage.label([first, second, home.ip, instance]);
  },
};

export const kvmByName: Attack = {
  name: 'kvm-by-name',
  title: 'The box registers itself',
  story:
    'A new hire works from the claimed city, at ordinary hours and on the company’s laptop, through an IP-KVM. Whoever set it up used the box’s own browser once to see whether the account works, and let it be registered: Entra’s audit log has a new device of theirs called pikvm, tinypilot, jetkvm or nanokvm, as these boxes are called until somebody renames them.',
  expects: ['remote-kvm'],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const day = stage.workday(random.between(1, 5));
    const who = hireOn(stage, day, { claimed: random.pick(US) });
    const at = stage.at(stage.workday(day + random.between(1, 9)), 11, who);
    const device = { ...who.phone, name: random.pick(['pikvm', 'tinypilot', 'jetkvm', 'nanokvm']) };
    note(stage, 'entra', deviceRegistered, who, at, stage.homeOf(who), { device });
    stage.label([who]);
  },
};

/** @returns the device as alerts name it */
function showPeripherals(stage: Stage, who: Staff, day: number): string {
  const { random } = stage;
  const at = stage.at(day, 12, who);
  const instance = `mi-0${random.hex(16)}`;
  const CaptureTime = isoTime(at);
  const keyboard = { VendorId: '046d', ProductId: 'c31c', Product: 'Keyboard K120', SerialNumber: '' };
  stage.emit('ssm', at, {
    Id: instance,
    Data: {
      'AWS:InstanceInformation': {
        TypeName: 'AWS:InstanceInformation',
        SchemaVersion: '1.0',
        CaptureTime,
        Content: [
          {
            AgentType: 'amazon-ssm-agent',
            ComputerName: who.laptop.name,
            InstanceId: instance,
            InstanceStatus: 'Active',
            PlatformName: who.laptop.os === 'macOS' ? 'macOS' : 'Microsoft Windows 11 Pro',
            PlatformType: who.laptop.os === 'macOS' ? 'MacOS' : 'Windows',
            ResourceType: 'ManagedInstance',
          },
        ],
      },
      'Custom:UsbDevices': {
        TypeName: 'Custom:UsbDevices',
        SchemaVersion: '1.0',
        CaptureTime,
        Content: [keyboard, random.pick(KVMS)],
      },
    },
  });
  return `ssm:${instance}`;
}
