/** Desktops served over VNC, RDP and X by programs that relay nothing themselves. */
import type { RemoteTool } from './remote-tool.ts';

export const VNC_TOOLS: readonly RemoteTool[] = [
  {
    id: 'realvnc',
    name: 'RealVNC',
    vendor: 'RealVNC',
    class: 'vnc',
    // VNC Viewer and RealVNC Viewer look out.
    names: ['realvnc', 'realvnc connect', 'realvnc server', 'realvnc vnc server', 'vnc connect'],
    commonNames: ['vnc server', 'vnc enterprise edition', 'vnc personal edition'],
    publishers: ['realvnc'],
    bundleIds: ['com.realvnc.vncserver'],
    viewerBundleIds: ['com.realvnc.vncviewer', 'com.realvnc.viewer.android', 'com.realvnc.vncviewer.free'],
    executables: ['vncserver.exe', 'vncserverui.exe'],
  },
  {
    id: 'ultravnc',
    name: 'UltraVNC',
    vendor: 'uvnc',
    class: 'vnc',
    names: ['ultravnc', 'ultravnc server', 'uvnc'],
    publishers: ['uvnc bvba', 'uvnc', 'ultravnc'],
    executables: ['ultravnc.exe', 'uvnc_service.exe', 'uvnc_launch.exe'],
  },
  {
    id: 'tightvnc',
    name: 'TightVNC',
    vendor: 'GlavSoft',
    class: 'vnc',
    names: ['tightvnc', 'tightvnc server', 'glavsoft tightvnc'],
    publishers: ['glavsoft', 'tightvnc group', 'tightvnc'],
    executables: ['tvnserver.exe'],
  },
  {
    id: 'tigervnc',
    name: 'TigerVNC',
    vendor: 'TigerVNC',
    class: 'vnc',
    names: ['tigervnc', 'tigervnc server'],
    // Fedora, Red Hat and Amazon Linux call the viewer so.
    notExactly: ['tigervnc'],
    mayFollow: ['minimal', 'scraping', 'x11vnc', 'x0vncserver'],
    butNot: ['client'],
    publishers: ['tigervnc project', 'tigervnc', 'tigervnc team'],
    executables: ['winvnc4.exe'],
  },
  { id: 'x11vnc', name: 'x11vnc', vendor: 'x11vnc', class: 'vnc', names: ['x11vnc'] },
  {
    id: 'turbovnc',
    name: 'TurboVNC',
    vendor: 'VirtualGL',
    class: 'vnc',
    names: ['turbovnc'],
    publishers: ['the virtualgl project'],
  },
  { id: 'kasmvnc', name: 'KasmVNC', vendor: 'Kasm', class: 'vnc', names: ['kasmvnc', 'kasmvncserver'] },
  { id: 'vnc4server', name: 'vnc4server', vendor: 'RealVNC', class: 'vnc', names: ['vnc4server'] },
  { id: 'x2go', name: 'X2Go', vendor: 'X2Go', class: 'vnc', names: ['x2goserver'] },
  // The protocol Windows has built in, on Linux: reached over the network, not over a relay.
  { id: 'xrdp', name: 'xrdp', vendor: 'neutrinolabs', class: 'builtin', names: ['xrdp'] },
];
