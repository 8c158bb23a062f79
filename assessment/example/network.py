"""The systems map of Valclair, as eight people drew it together in a workshop: actors, ties between them, causes.

Each block is written as a table one can read: one line is one actor, variable or tie, cells parted by ``|``.
"""

from collections.abc import Iterator

ACTORS = """
maire | Maire | elected | | elected | 1 | 0.95 | 0.70 | 700 | 60
conseil_municipal | Conseil municipal | elected | | elected | 1 | 0.80 | 0.55 | 930 | 60
elu_travaux | Délégation travaux | elected | | elected | 2 | 0.65 | 0.60 | 140 | 180
elu_education | Délégation éducation et enfance | elected | | elected | 2 | 0.60 | 0.65 | 560 | 180
elu_vie_locale | Délégation vie locale | elected | | elected | 2 | 0.50 | 0.70 | 860 | 180
elu_finances | Délégation finances | elected | | elected | 2 | 0.75 | 0.45 | 1240 | 180
direction_generale | Direction générale | executive | | direction | 2 | 0.85 | 0.75 | 700 | 300
voirie | Voirie et propreté | agent | voirie | technique | 3 | 0.45 | 0.35 | 60 | 430
espaces_verts | Espaces verts | agent | espaces_verts | technique | 3 | 0.35 | 0.40 | 250 | 430
batiments | Bâtiments | agent | batiments | technique | 3 | 0.45 | 0.30 | 155 | 550
petite_enfance | Petite enfance | agent | petite_enfance | population | 3 | 0.25 | 0.15 | 480 | 430
ecoles | Écoles et périscolaire | agent | ecoles | population | 3 | 0.50 | 0.55 | 700 | 430
ccas | CCAS | agent | ccas | population | 3 | 0.50 | 0.70 | 920 | 430
mediatheque | Médiathèque | agent | mediatheque | population | 3 | 0.35 | 0.85 | 590 | 550
sports | Sports et vie associative | agent | sports | population | 3 | 0.40 | 0.50 | 810 | 550
urbanisme | Urbanisme | agent | urbanisme | ressources | 3 | 0.50 | 0.55 | 1140 | 430
finances | Finances et achats | agent | finances | ressources | 3 | 0.65 | 0.40 | 1340 | 430
rh | Ressources humaines | agent | rh | ressources | 3 | 0.55 | 0.50 | 1340 | 550
accueil | Accueil et état civil | agent | accueil | ressources | 3 | 0.30 | 0.65 | 1140 | 550
conseil_habitants | Conseil des habitants | citizen | | territoire | 4 | 0.25 | 0.75 | 1000 | 680
parents_eleves | Association de parents d’élèves | association | | territoire | 4 | 0.35 | 0.65 | 560 | 680
clubs_sportifs | Office des clubs sportifs | association | | territoire | 4 | 0.35 | 0.60 | 780 | 680
club_aines | Club des aînés | association | | territoire | 4 | 0.20 | 0.50 | 900 | 790
cafe_associatif | Café associatif | association | | territoire | 4 | 0.15 | 0.80 | 670 | 790
commercants | Union des commerçants | association | | territoire | 4 | 0.40 | 0.45 | 1210 | 680
comcom | Communauté de communes | partner | | partenaires | 3 | 0.70 | 0.40 | 60 | 900
departement | Département | partner | | partenaires | 3 | 0.60 | 0.25 | 1040 | 900
caf | Caisse d’allocations familiales | partner | | partenaires | 3 | 0.60 | 0.35 | 560 | 900
college | Collège | partner | | partenaires | 4 | 0.25 | 0.45 | 800 | 900
bailleur | Bailleur social | partner | | partenaires | 4 | 0.45 | 0.30 | 1280 | 900
syndicat_eaux | Syndicat des eaux | partner | | partenaires | 4 | 0.45 | 0.20 | 60 | 680
entreprises | Entreprises de travaux | partner | | partenaires | 4 | 0.30 | 0.25 | 250 | 680
"""
"""id | label | role | unit | pole | rank | influence | involvement | x | y"""

VARIABLES = """
implication | Implication dans les projets | Prendre part, donner de son temps. | 420 | 1080
comprehension | Compréhension des enjeux | Savoir pourquoi on fait et ce qui en dépend. | 660 | 1080
interet | Intérêt pour la chose commune | Avoir envie de la suite. | 540 | 1220
groupes | Groupes de travail entre services | Ceux qui se réunissent vraiment. | 180 | 1160
resultats | Résultats visibles | Ce qu’un habitant ou un collègue remarque. | 300 | 1320
charge | Charge des volontaires | Ce qui s’ajoute à leur travail habituel. | 60 | 1320
temps_prevu | Temps prévu pour le travail commun | Celui qui est inscrit aux plannings. | 60 | 1480
dossiers_bloques | Dossiers bloqués entre services | Ceux où chacun attend l’autre. | 860 | 1320
arbitrage | Arbitrage en urgence par la direction | La décision prise d’en haut, dans la journée. | 1100 | 1180
preparation | Préparation commune des chantiers | Avant de commencer, avec ceux qui seront touchés. | 860 | 1480
recours | Habitude de s’en remettre à la direction | On attend qu’elle tranche. | 1200 | 1400
"""
"""id | label | note | x | y"""

RELATIONS = """
voirie > direction_generale | reports_to | formal | 0.9
espaces_verts > direction_generale | reports_to | formal | 0.8
batiments > direction_generale | reports_to | formal | 0.8
petite_enfance > direction_generale | reports_to | formal | 0.7
ecoles > direction_generale | reports_to | formal | 0.8
ccas > direction_generale | reports_to | formal | 0.7
mediatheque > direction_generale | reports_to | formal | 0.6
sports > direction_generale | reports_to | formal | 0.7
urbanisme > direction_generale | reports_to | formal | 0.8
finances > direction_generale | reports_to | formal | 0.9
rh > direction_generale | reports_to | formal | 0.9
accueil > direction_generale | reports_to | formal | 0.7
direction_generale > maire | reports_to | formal | 1
maire > conseil_municipal | informs | formal | 0.8
conseil_municipal > maire | decides_with | formal | 0.7
elu_travaux > maire | decides_with | formal | 0.7
elu_education > maire | decides_with | formal | 0.6
elu_vie_locale > maire | decides_with | formal | 0.6
elu_finances > maire | decides_with | formal | 0.9
maire > direction_generale | decides_with | formal | 0.9
elu_travaux > voirie | decides_with | informal | 0.8
elu_travaux > batiments | decides_with | informal | 0.6
elu_education > ecoles | decides_with | formal | 0.7
elu_education > petite_enfance | informs | formal | 0.3
elu_vie_locale > sports | decides_with | informal | 0.6
elu_vie_locale > mediatheque | cooperates | informal | 0.5
elu_finances > finances | decides_with | formal | 0.9
direction_generale > finances | decides_with | formal | 0.8
direction_generale > rh | decides_with | formal | 0.7
voirie > espaces_verts | coordinates | formal | 0.8
espaces_verts > voirie | coordinates | informal | 0.7
voirie > batiments | coordinates | informal | 0.6
batiments > voirie | cooperates | informal | 0.6
espaces_verts > batiments | coordinates | informal | 0.4
batiments > espaces_verts | informs | informal | 0.3
ecoles > petite_enfance | coordinates | formal | 0.5
ecoles > mediatheque | collaborates | informal | 0.9
mediatheque > ecoles | collaborates | informal | 0.9
mediatheque > ccas | cooperates | informal | 0.7
ccas > mediatheque | collaborates | informal | 0.7
ccas > petite_enfance | coordinates | formal | 0.4
ecoles > sports | cooperates | formal | 0.7
sports > ecoles | coordinates | formal | 0.6
sports > mediatheque | cooperates | informal | 0.4
ccas > ecoles | cooperates | formal | 0.6
urbanisme > finances | coordinates | formal | 0.6
finances > rh | coordinates | formal | 0.7
rh > finances | coordinates | formal | 0.7
accueil > urbanisme | cooperates | informal | 0.6
urbanisme > accueil | informs | formal | 0.5
accueil > rh | informs | informal | 0.4
accueil > ccas | cooperates | informal | 0.7
finances > ecoles | informs | formal | 0.4
rh > petite_enfance | informs | formal | 0.4
batiments > ecoles | informs | formal | 0.3
urbanisme > voirie | informs | formal | 0.3
entreprises > voirie | cooperates | formal | 0.6
entreprises > batiments | cooperates | formal | 0.6
syndicat_eaux > voirie | informs | formal | 0.4
comcom > voirie | coordinates | formal | 0.4
comcom > urbanisme | decides_with | formal | 0.6
comcom > mediatheque | funds | formal | 0.4
departement > ccas | funds | formal | 0.7
departement > college | funds | formal | 0.8
caf > petite_enfance | funds | formal | 0.9
caf > ecoles | funds | formal | 0.6
bailleur > ccas | cooperates | formal | 0.6
college > sports | cooperates | informal | 0.5
parents_eleves > ecoles | cooperates | formal | 0.6
sports > clubs_sportifs | funds | formal | 0.8
clubs_sportifs > sports | cooperates | formal | 0.7
cafe_associatif > mediatheque | collaborates | informal | 0.8
club_aines > ccas | cooperates | informal | 0.6
conseil_habitants > elu_vie_locale | informs | formal | 0.5
accueil > conseil_habitants | informs | formal | 0.5
commercants > elu_travaux | informs | informal | 0.5
urbanisme > commercants | informs | formal | 0.4
"""
"""source > target | kind | formal or informal | weight"""

CAUSES = """
implication > comprehension | + | 0 | 0.9 | 0.9
comprehension > interet | + | 0 | 0.8 | 0.8
interet > implication | + | 0 | 0.9 | 0.9
implication > groupes | + | 0 | 0.7 | 0.8
groupes > resultats | + | 1 | 0.7 | 0.8
resultats > implication | + | 0 | 0.6 | 0.7
groupes > charge | + | 1 | 0.8 | 0.9
charge > implication | - | 1 | 0.8 | 0.8
temps_prevu > charge | - | 0 | 0.6 | 0.7
dossiers_bloques > arbitrage | + | 0 | 0.9 | 0.9
arbitrage > dossiers_bloques | - | 0 | 0.8 | 0.8
dossiers_bloques > preparation | + | 1 | 0.4 | 0.6
preparation > dossiers_bloques | - | 2 | 0.8 | 0.8
arbitrage > recours | + | 1 | 0.7 | 0.8
recours > preparation | - | 1 | 0.7 | 0.7
comprehension > preparation | + | 1 | 0.5 | 0.6
dossiers_bloques > resultats | - | 0 | 0.5 | 0.7
recours > interet | | 0 | 0.4 | 0.3
"""
"""source > target | polarity, empty where the workshop could not agree | delay in quarters | weight | confidence"""

LOOPS = """
cercle_lorino | Plus on s’implique, mieux on comprend | reinforcing | implication comprehension interet
volontaires | L’élan des groupes de travail | reinforcing | implication groupes resultats
essoufflement | Toujours les mêmes volontaires | balancing | implication groupes charge
urgence | On fait trancher | balancing | dossiers_bloques arbitrage
fond | On prépare ensemble | balancing | dossiers_bloques preparation
dependance | Plus on fait trancher, moins on prépare | reinforcing | dossiers_bloques arbitrage recours preparation
"""
"""id | name | kind | nodes"""

PARTICIPANTS = """
p1 | elected |
p2 | elected |
p3 | executive | urbanisme
p4 | manager | ecoles
p5 | manager | voirie
p6 | agent | mediatheque
p7 | agent | espaces_verts
p8 | association |
"""
"""id | role | unit"""

EVERYWHERE = ("p1", "p3")
"""Who was at every table: ties that no participant of either end drew are theirs."""


def systems_map() -> dict:
    """Give the map as the contract's document."""
    return {
        "format": "apprenance-map",
        "version": 1,
        "name": "Valclair, atelier de mars 2026",
        "license": "CC-BY-4.0",
        "fictional": True,
        "actors": [actor(*line) for line in lines(ACTORS)],
        "variables": [variable(*line) for line in lines(VARIABLES)],
        "ties": [*relations(), *causes()],
        "participants": [{"id": id, "role": role, "unit": unit} for id, role, unit in lines(PARTICIPANTS)],
        "loops": [
            {"id": id, "name": name, "nodes": nodes.split(), "kind": kind} for id, name, kind, nodes in lines(LOOPS)
        ],
    }


def lines(table: str) -> list[list[str]]:
    r"""Read a table of this module: the cells of each line.

    Examples
    --------
    >>> lines("a | b\nc |")
    [['a', 'b'], ['c', '']]
    """
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def actor(id, label, role, unit, pole, rank, influence, involvement, x, y) -> dict:
    """Give one actor; `pole` is the map's own attribute, on which silos show."""
    return {
        "id": id,
        "label": label,
        "role": role,
        "unit": unit,
        "pole": pole,
        "rank": int(rank),
        "influence": float(influence),
        "involvement": float(involvement),
        "x": int(x),
        "y": int(y),
    }


def variable(id, label, note, x, y) -> dict:
    """Give one variable of the causal part."""
    return {"id": id, "label": label, "note": note, "x": int(x), "y": int(y)}


def relations() -> Iterator[dict]:
    """Yield the ties between actors, numbered from r01 on."""
    for number, (ends, kind, formal, weight) in enumerate(lines(RELATIONS), 1):
        source, target = ends.split(" > ")
        yield {
            "id": f"r{number:02}",
            "source": source,
            "target": target,
            "kind": kind,
            "formal": formal == "formal",
            "weight": float(weight),
            "participants": drawn_by(source, target),
        }


def causes() -> Iterator[dict]:
    """Yield the causal ties, numbered from c01 on; without a polarity where nobody knows it yet."""
    for number, (ends, polarity, delay, weight, confidence) in enumerate(lines(CAUSES), 1):
        source, target = ends.split(" > ")
        yield {
            "id": f"c{number:02}",
            "source": source,
            "target": target,
            "kind": "causes",
            **({"polarity": polarity} if polarity else {}),
            "weight": float(weight),
            "delay": int(delay),
            "confidence": float(confidence),
            "participants": [id for place, (id, *_) in enumerate(lines(PARTICIPANTS)) if (place + number) % 3],
        }


def drawn_by(source: str, target: str) -> list[str]:
    """Name who drew a tie: the participants of its ends, or those who were everywhere."""
    units = {id: unit for id, _, unit in lines(PARTICIPANTS) if unit}
    own = [id for id, unit in units.items() if unit in (source, target)]
    return own or list(EVERYWHERE)
