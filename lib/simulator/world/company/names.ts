/** Names of people who do not exist. */

const GIVEN =
  'Ada Aiko Alan Amara Ana Anton Arjun Astrid Bea Ben Bruno Carla Chidi Chloe Clara Dario Dev Dina Elif Emil Enzo Erik Esme Farid Femi Finn Flora Gita Grace Hana Hugo Ida Ines Iris Ivo Jana Jonas Juno Kai Kamal Kenji Kofi Lena Leon Lin Luca Maja Mara Mateo Mei Milo Mina Nadia Nils Noor Nora Olga Omar Oscar Otto Petra Pia Priya Quinn Rafael Ravi Rosa Ruth Samir Sara Selma Sven Tara Theo Tomas Uma Vera Viktor Wanda Yara Yusuf Zoe'.split(
    ' ',
  );
const FAMILY =
  'Abbott Achterberg Alvarado Anand Archer Baxter Becker Bergman Bianchi Botha Calder Castro Chandra Cohen Correia Dahl Delgado Dorsey Duarte Ellis Endo Farouk Fenwick Ferrari Fischer Garland Gomes Gupta Haddad Hansen Harper Hoffman Ibrahim Ivers Iyer Jansen Jarvis Kaplan Kaya Keller Kimura Kowal Kumar Lambert Larsen Lemaire Lindgren Mancini Marsh Mbeki Mendes Molina Moreau Nakano Navarro Nowak Obi Okafor Olsen Ortega Park Patel Pereira Petrov Quist Ramos Reyes Rossi Sandberg Santos Sato Silva Singh Sousa Tanaka Thorne Torres Vance Varga Weber Winter Wolff Yamada Zeller'.split(
    ' ',
  );

/** Gives the name with a number; each number up to some thousands has another. */
export function nameAt(index: number): string {
  const given = GIVEN[index % GIVEN.length] ?? 'Ada';
  // With every round through the given names, the family names move on by one.
  const family = FAMILY[(index * 7 + Math.floor(index / GIVEN.length)) % FAMILY.length] ?? 'Archer';
  return `${given} ${family}`;
}

/** How many names there are. */
export const NAMES = GIVEN.length * FAMILY.length;
