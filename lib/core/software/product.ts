/** A product as catalogues of software describe it: how inventories name it, and who signs it. */
export interface Product {
  readonly id: string;
  /** The name people use. */
  readonly name: string;
  /** The company behind it: two products of one vendor count as one choice. */
  readonly vendor: string;
  /**
   * Names nobody else uses, in lower case without versions: they match whoever is said to publish them.
   * Spaces, hyphens and dots between words do not count: `mesh agent` is also `MeshAgent`.
   */
  readonly names?: readonly string[];
  /** Words others use too (`parsec`): no match when the inventory names another publisher. */
  readonly commonNames?: readonly string[];
  /** Words that say nothing (`windows agent`): a match only when the inventory names this publisher. */
  readonly genericNames?: readonly string[];
  /** Whole names, letter for letter, of other things: distributions call TigerVNC's viewer `tigervnc`. */
  readonly notExactly?: readonly string[];
  /** Words that may follow a name besides versions, editions and languages. */
  readonly mayFollow?: readonly string[];
  /** Words that make a name another product's: its viewer, its relay. */
  readonly butNot?: readonly string[];
  /** Publishers and signers, lower case, without `Inc.`, `GmbH` and the like. */
  readonly publishers?: readonly string[];
  /** macOS bundle and package ids, Android packages, browser extensions; lower case. */
  readonly bundleIds?: readonly string[];
  /** Ids of the vendor's programs that only look at other computers; lower case. */
  readonly viewerBundleIds?: readonly string[];
  /** File names nobody else uses, lower case. */
  readonly executables?: readonly string[];
  /** File names others use too: a match only when the inventory names this publisher. */
  readonly genericExecutables?: readonly string[];
  /**
   * Ids by which it answers when plugged in: USB `vendor:product`, `vendor:product:serial` where others share the first
   * two, `vendor:` for everything a vendor makes; of a monitor `maker:product`. Lower case.
   */
  readonly hardwareIds?: readonly string[];
  /** The name ends in an id of 16 hexadecimal digits that tells whose installation it is. */
  readonly hasInstances?: true;
}
