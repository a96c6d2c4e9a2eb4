/** Whom or what an alert is about. */
export type SubjectKind = 'person' | 'account' | 'device' | 'address' | 'organization';

export interface SubjectRef {
  readonly kind: SubjectKind;
  /** Person: primary e-mail, lower case. Account: ARN or `<source>:<vendor id>`. Device: serial number, else `<source>:<vendor id>`. */
  readonly id: string;
  readonly name?: string;
}

/** The one organization a run is about. */
export const ORGANIZATION: SubjectRef = { kind: 'organization', id: 'organization' };

export function subjectKey(subject: SubjectRef): string {
  return `${subject.kind}:${subject.id}`;
}
