import type { Product } from '../product.ts';

/** A product that lets somebody work on a computer from elsewhere. */
export interface RemoteTool extends Product {
  readonly class: RemoteToolClass;
  /** Public reports name it among the tools of remote workers placed by the DPRK. */
  readonly dprkReported?: true;
  /** Comes from a downloaded list that nobody here has checked. */
  readonly imported?: true;
}

export type RemoteToolClass =
  /** Unattended access to one's own computers, over the vendor's relays. */
  | 'desktop'
  /** Sessions that a helper starts, attended or not. */
  | 'support'
  /** Runs without being installed. */
  | 'portable'
  /** Needs a way through the network of its own. */
  | 'vnc'
  /** Remote monitoring and management, by an IT department or a service provider. */
  | 'rmm'
  /** Joins the computer to a private network. */
  | 'overlay'
  /** Publishes a port of the computer. */
  | 'tunnel'
  /** Comes with the operating system. */
  | 'builtin';
