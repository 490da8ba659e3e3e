"""Which column is proposed for which field, and how that is said."""

from genjin.core.transfer.mapping import Field, columns_of, match_columns, twice_chosen

FIELDS = (
    Field("name", "Customer name", names=("客户名称", "company"), synonyms=("公司", "account")),
    Field("phones", "Phone", names=("电话",), synonyms=("手机号",), many=True, looks=str.isdigit),
    Field("address", "Address", names=("地址",)),
)


def proposed(header, *rows):
    return [(column.field, column.how.code) for column in match_columns(header, rows, FIELDS)]


def test_names_win_over_synonyms_and_synonyms_over_nothing():
    assert proposed(["公司", "客户名称（必填）*", "备注"], ["a", "b", "c"]) == [
        ("", "column_unknown"),
        ("name", "column_same_name"),
        ("", "column_unknown"),
    ]


def test_width_case_and_spaces_do_not_matter():
    assert proposed([" ＣＯＭＰＡＮＹ "], ["a"]) == [("name", "column_same_name")]


def test_a_field_takes_one_column_unless_it_takes_many():
    assert proposed(["公司", "account", "电话", "手机号"], ["a", "b", "1", "2"]) == [
        ("name", "column_synonym"),
        ("", "column_unknown"),
        ("phones", "column_same_name"),
        ("phones", "column_synonym"),
    ]


def test_values_tell_what_no_name_tells():
    rows = [["13800000000", "x"], ["", "1"], ["13900000000", "2"]]
    (first, second) = match_columns(["列1", "列2"], rows, FIELDS)
    assert (first.field, first.how.code, first.how.figures) == ("phones", "column_looks", {"percent": 100})
    assert second.field == ""


def test_an_empty_column_gives_way_to_a_filled_one():
    assert proposed(["公司", "account", "列14", "地址"], ["", "a", "", ""]) == [
        ("", "column_empty"),
        ("name", "column_synonym"),
        ("", "column_empty"),
        ("address", "column_same_name"),
    ]


def test_a_choice_that_names_nothing_is_left_out():
    header = ["a", "b", "c"]
    chosen = {"a": "phones", "b": "phones", "c": "weight", "gone": "name"}
    assert columns_of(chosen, header, FIELDS) == {"phones": [0, 1]}


def test_a_single_field_chosen_twice_is_named():
    assert twice_chosen({"a": "name", "b": "name", "c": "phones", "d": "phones"}, FIELDS) == ["name"]
