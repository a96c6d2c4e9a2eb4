/**
 * What of LOLRMM must never raise an alert here: ordinary software it lists because attackers have used it too, file
 * names that many programs share, and signers taken from samples that were something else.
 */

const words = (text: string): readonly string[] => text.split(' ');

/** Administration, security, backup, conferencing and file software; viewers. Compared with names without brackets. */
const DENIED: ReadonlySet<string> = new Set([
  'putty',
  'extraputty',
  'solar-putty',
  'superputty',
  'putty tray',
  'kitty',
  'smartty',
  'mobaxterm',
  'securecrt',
  'xshell',
  'psexec',
  'winscp',
  'smartftp',
  'mstsc.exe',
  'rdcman',
  'remote desktop plus',
  'mremoteng',
  'terminals',
  'remmina',
  'royal apps',
  'royal server',
  'royal ts',
  'devolutions remote desktop manager',
  'teleport connect',
  'guacamole',
  'tanium',
  'tanium deploy',
  'rapid7',
  'jump cloud',
  'jumpcloud',
  'addigy',
  'miradore',
  'absolute',
  'eset remote administrator',
  'sophos-remote management system',
  'quest kace agent',
  'landesk',
  'ivanti remote control',
  'res automation manager',
  'baramundi management suite',
  'manageengine',
  'manage engine',
  'manageengine servicedesk plus',
  'manageengine rmm central',
  'freshservice',
  'invgate',
  'sysaid',
  'ocs inventory',
  'glpi agent',
  'zabbix agent',
  'site24x7',
  'auvik',
  'domotz',
  'netreo',
  'servereye',
  'panorama9',
  'faronics core',
  'faronics deep freeze',
  'faronics deploy',
  'faronics insight',
  'ninite pro',
  'total software deployment',
  'fortra',
  'barracuda',
  'basecamp',
  'webex',
  'syncthing',
  'megasync',
  'duplicati',
  'insync',
  'idrive',
  'yandex.disk',
  'koofr',
  'multcloud',
  'nordlocker',
  's3 browser',
  'dragondisk',
  'onionshare',
  'mouse without borders',
  'synergy',
  'duet display',
  'qq im-remote assistance',
  'aliwangwang-remote-control',
  'noteon-desktop sharing',
  'nvda',
  'goto opener',
  'connectwise',
  'microsoft quick assist',
  'kickidler',
  'controlio',
  'teramind',
  'msp360',
  'vizor',
  'pocket controller',
  'pocket cloud',
  'turbomeeting',
  'free tools launcher',
  'electric ai',
  'cruzcontrol',
  'desknets',
  'deskshare',
  'runsmart',
  'optitune',
]);

/** Seen in LOLRMM or in ordinary software; also anything of fewer letters than `GENERIC_SHORTER`. */
const GENERIC_FILES: ReadonlySet<string> = new Set(
  words(
    'level.exe agent.exe setup.exe client.exe client32.exe server.exe service.exe connect.exe install.exe installer.exe ' +
      'launcher.exe update.exe updater.exe uninstall.exe manager.exe viewer.exe host.exe remote.exe console.exe plink.exe ' +
      'strwinclt.exe vhost.exe agent32.exe agent64.exe monitoringagent.exe supporttool.exe rdesktop.exe raccess.exe ' +
      'remoteview.exe remoteconsole.exe sysdiag.exe intouch.exe duet.exe windowslauncher.exe tsclient.exe rviewer.exe ' +
      'rmmservice.exe installcore.exe vncviewer.exe winvnc.exe wysebrowser.exe manuallauncher.exe pcstarter.exe ' +
      'winpty-agent.exe winpty-agent64.exe accessserver.exe intelliadmin.exe dashboard-windows-amd64.exe',
  ),
);
const GENERIC_SHORTER = 'abcdef.exe'.length;

/** Signers of whole ecosystems, or of samples that were another program. */
const MISLEADING_SIGNERS =
  /^(?:\.?net|microsoft|google|apple|adobe|oculus|unity|globalsign|codesign|simon tatham|martin prikryl|certification authority|installshield|symantec|win\.rar|power software|open source developer|tencent|alibaba|taobao|yandex|installanywhere|zoho)/;

/** Tells whether a name, lower case and without brackets, is of ordinary software. */
export function isDenied(plainName: string): boolean {
  return DENIED.has(plainName);
}

/** Tells whether a file name says too little to stand alone. */
export function isGenericExecutable(file: string): boolean {
  return file.length < GENERIC_SHORTER || GENERIC_FILES.has(file) || /setup|install|bootstrap/.test(file);
}

/** Tells whether a signer, as `publisherWords` gives it, must not confirm a name. */
export function isMisleadingSigner(publisher: string): boolean {
  return MISLEADING_SIGNERS.test(publisher);
}
