"""Needs and offers are put to a node by the words of content; what fits none, or two alike, is honestly 其他."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feidi.domain.matching.enums import TaggedBy
from feidi.domain.matching.selectors.tagging import OTHER, NodeWords, find_node, nodes_of, propose_node
from feidi.domain.matching.services.profile_tagging import tag_profile
from feidi.domain.parties.models import Place
from feidi.domain.pipeline.selectors.chains import find_chains
from feidi.engines.findings import RefusedError
from tests.support.profiles import make_profile
from tests.support.world import World

pytestmark = pytest.mark.django_db
LABEL = {"zh": "甲", "en": "a"}
#: Invented sentences as an officer would write them down, and the node that a person gave each.
SPOKEN = {
    "yunxi": [
        ("二号线喷嘴老堵，一天停三次，墨水换了两家都不行", "inkjet"),
        ("窑炉烧成带温度飘，天然气消耗下不来", "kiln"),
        ("压机布料不匀，坯体边角老是崩", "pressing"),
        ("瓷砖色差靠人眼挑，想上机器视觉", "inspection"),
        ("探头在液氮里漂移，标定做不准", "cryogenic_sensors"),
        ("镀膜线的靶材全靠外购，想找能做绑定的", "sputtering_targets"),
        ("键合丝断线多，想换一家封测耗材", "packaging_supplies"),
        ("试剂盒想赶上半年注册检验", "diagnostics"),
        ("想排百升级发酵罐，洁净车间要有灌装线", "pilot_plant"),
        ("污泥含水高，想做陶粒", "sludge_reuse"),
        ("VOCs 在线监测设备老报警", "monitoring"),
        ("风扇电机噪声大，驱动板想换方案", "motors"),
        ("热水器加热管结垢", "heating"),
        ("想找会计师帮忙做审计", OTHER),
        ("老板想见一见投资人", OTHER),
        ("厂区食堂想换承包商", OTHER),
    ],
    "chancheng": [
        ("岩板抛光后釉面有针孔", "tiles"),
        ("喷墨机喷头寿命短", "inkjet"),
        ("氧化锆粉体流延开裂", "functional"),
        ("马桶注浆成品率低", "sanitary"),
        ("碳化硅衬底翘曲", "substrates"),
        ("储坯机械手老是卡", "handling"),
        ("脱硝催化剂失活快", "air"),
        ("想找一位懂财务的人", OTHER),
    ],
}


@pytest.mark.parametrize(("place", "text", "node"), [(p, *case) for p, cases in SPOKEN.items() for case in cases])
def test_spoken_sentences_go_where_a_person_put_them(world: World, place: str, text: str, node: str) -> None:
    found = propose_node(nodes_of(Place.objects.get(code=place)), text)

    assert found.node == node, found
    assert found.why


def words(node: str, **weights: float) -> NodeWords:
    """Return a node with these words."""
    return NodeWords("chain", node, LABEL, {"zh": node, "en": node}, weights)


def test_two_nodes_alike_stay_open_and_say_so() -> None:
    found = propose_node([words("a", 窑炉=3.0), words("b", 喷嘴=3.0)], "窑炉和喷嘴都有问题")

    assert (found.chain, found.node) == ("", OTHER)
    assert "a、b" in found.why
    assert {node for _chain, node, _score in found.scores} == {"a", "b"}


def test_a_word_inside_a_longer_one_does_not_count_again() -> None:
    found = propose_node([words("a", 溅射靶材=4.5, 靶材=3.0)], "溅射靶材")

    assert found.scores == (("chain", "a", 4.5),)


def test_latin_words_stand_by_themselves() -> None:
    nodes = [words("a", poct=3.0)]

    assert propose_node(nodes, "做 POCT 的").node == "a"
    assert propose_node(nodes, "ＰＯＣＴ试剂").node == "a"
    assert propose_node(nodes, "SPOCTX").node == OTHER


@given(st.text(max_size=200))
def test_any_text_gets_a_node_of_the_list_or_other(text: str) -> None:
    found = propose_node([words("a", 窑炉=3.0), words("b", 喷嘴=2.0)], text)

    assert found.node in {"a", "b", OTHER}
    assert bool(found.chain) == (found.node != OTHER)
    assert all(word in text for word in found.words)


def test_what_a_person_says_stays_and_must_be_published(world: World) -> None:
    profile = make_profile(world, masked_text="窑炉烧成带温度飘，想找人看。")
    officer, now = world.actor("officer"), world.now
    with pytest.raises(RefusedError) as error:
        tag_profile(actor=officer, now=now, profile=profile, chain="ceramics", node="no_such_node")
    kept = tag_profile(actor=officer, now=now, profile=profile, chain="ceramics", node="inspection")

    assert error.value.refusal.code == "matching.node_unknown"
    assert (profile.node, profile.tagged_by) == ("kiln", TaggedBy.MACHINE)
    assert (kept.node, kept.tagged_by) == ("inspection", TaggedBy.PERSON)
    assert find_node(world.outpost.home, "", "kiln") is not None
    assert find_node(world.outpost.home, "green", "kiln") is None


def test_the_proposal_of_a_real_place_is_a_proposal_and_states_nothing(world: World) -> None:
    chains = find_chains(Place.objects.get(code="chancheng"))
    assert chains is not None
    assert not chains.confirmed
    assert {node.state for chain in chains.chains for node in chain.nodes} == {""}
    assert not [node for chain in chains.chains for node in chain.nodes if node.why or node.looking_for]
