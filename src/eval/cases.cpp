#include "eval/cases.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <optional>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/tsv.hpp"
#include "extract/json_writer.hpp"
#include "model/names.hpp"

namespace kharita::eval {

namespace {

constexpr std::array<std::string_view, 6> event_cells{"sub_event_type", "place",  "modality",
                                                      "date",           "killed", "injured"};
constexpr std::array<std::string_view, 7> argument_cells{"place", "initiator", "target", "weapon",
                                                         "count", "killed",    "injured"};
constexpr std::array<std::string_view, 7> zone_cells{"kind",  "status", "along",      "side",
                                                     "depth", "length", "declared_by"};

std::span<std::string_view const> cells_of(CaseKind kind) {
    switch (kind) {
    case CaseKind::events:
        return event_cells;
    case CaseKind::arguments:
        return argument_cells;
    case CaseKind::zones:
        break;
    }
    return zone_cells;
}

std::string or_dash(std::string const& text) {
    return text.empty() ? "-" : text;
}

std::string ids_of(std::vector<ActorRef> const& actors) {
    std::string all;
    for (ActorRef const& each : actors) {
        all.append(all.empty() ? "" : "+").append(each.id);
    }
    return or_dash(all);
}

std::string written(std::optional<Count> const& count) {
    if (!count) {
        return "-";
    }
    return count->low == count->high ? fmt::format("{}", count->best)
                                     : fmt::format("{}..{}..{}", count->low, count->best, count->high);
}

std::string with_classes(std::optional<Toll> const& toll) {
    if (!toll) {
        return "-";
    }
    std::string all = written(std::optional{toll->count});
    auto const add = [&](std::string_view name, std::optional<std::int64_t> part) {
        all += part ? fmt::format("/{} {}", name, *part) : std::string{};
    };
    add("civ", toll->civilians);
    add("mil", toll->combatants);
    add("child", toll->children);
    add("women", toll->women);
    return all;
}

std::string own_or_shared(std::optional<Toll> const& own, std::optional<Toll> const& shared) {
    if (own) {
        return fmt::format("{}", own->count.best);
    }
    return shared ? fmt::format("group {}", shared->count.best) : "-";
}

std::string kilometres(std::optional<double> const& value) {
    return value ? fmt::format("{}", std::lround(*value)) : "-";
}

std::string place_of(Document const& document, Event const& event) {
    auto const found = std::find_if(document.mentions.begin(), document.mentions.end(),
                                    [&](Mention const& each) { return each.id == event.mention; });
    return found == document.mentions.end() ? "-" : std::string{found->span.of(document.report.text)};
}

std::string event_item(Document const& document, Event const& event) {
    auto const group = std::find_if(document.groups.begin(), document.groups.end(),
                                    [&](EventGroup const& each) { return each.id == event.group; });
    EventGroup const shared = group == document.groups.end() ? EventGroup{} : *group;
    return fmt::format("{}|{}|{}|{}|{}|{}", event.sub_event_type, place_of(document, event),
                       name_of(event.modality), event.date ? to_string(*event.date) : "-",
                       own_or_shared(event.killed, shared.killed),
                       own_or_shared(event.injured, shared.injured));
}

std::string argument_item(Document const& document, Event const& event) {
    std::optional<Count> const injured = event.injured ? std::optional{event.injured->count} : std::nullopt;
    return fmt::format("{}|{}|{}|{}|{}|{}|{}", place_of(document, event), ids_of(event.initiator),
                       ids_of(event.target), or_dash(event.weapon), written(event.count),
                       with_classes(event.killed), written(injured));
}

std::string zone_item(Zone const& zone) {
    return fmt::format("{}|{}|{}|{}|{}|{}|{}", name_of(zone.kind), name_of(zone.status), or_dash(zone.along),
                       or_dash(zone.side), kilometres(zone.depth_km), kilometres(zone.length_km),
                       ids_of(zone.declared_by));
}

using Item = std::vector<std::string>;

std::vector<Item> items_of(std::string_view text) {
    std::vector<Item> items;
    if (text == "-") {
        return items;
    }
    for (std::string_view const part : split(text, ';')) {
        Item item;
        for (std::string_view const cell : split(trimmed(part), '|')) {
            item.emplace_back(cell);
        }
        items.push_back(std::move(item));
    }
    return items;
}

std::size_t agreement(Item const& a, Item const& b) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        count += a[i] == b[i] ? 1U : 0U;
    }
    return count;
}

/// Pairs the items of a case and counts them.
void add_case(JudgedCase const& judged, CaseScores& scores) {
    std::vector<Item> const labelled = items_of(judged.labelled.expected);
    std::vector<Item> const said = items_of(judged.said);
    scores.labelled_items += labelled.size();
    scores.said_items += said.size();
    std::vector<bool> used_labelled(labelled.size(), false);
    std::vector<bool> used_said(said.size(), false);
    for (std::size_t wanted = scores.cells.size(); wanted > 0; --wanted) {
        for (std::size_t i = 0; i < labelled.size(); ++i) {
            for (std::size_t j = 0; j < said.size() && !used_labelled[i]; ++j) {
                if (used_said[j] || agreement(labelled[i], said[j]) != wanted) {
                    continue;
                }
                used_labelled[i] = used_said[j] = true;
                ++scores.paired_items;
                for (std::size_t cell = 0; cell < scores.cells.size(); ++cell) {
                    ++scores.cells[cell].of;
                    scores.cells[cell].right += labelled[i][cell] == said[j][cell] ? 1U : 0U;
                }
            }
        }
    }
}

CaseKind kind_of(std::filesystem::path const& file) {
    LineReader lines{file};
    while (auto const line = lines.next()) {
        if (line->empty() || line->starts_with('#')) {
            continue;
        }
        for (auto const& [name, kind] :
             {std::pair{"events", CaseKind::events}, std::pair{"arguments", CaseKind::arguments},
              std::pair{"zones", CaseKind::zones}}) {
            if (*line == fmt::format("case\tpublished\tsentence\t{}", name)) {
                return kind;
            }
        }
        fail<InputError>("{}:{}: header is \"{}\"; expected case, published, sentence and one of events, "
                         "arguments, zones",
                         file.string(), lines.line_number(), *line);
    }
    fail<InputError>("{}: no header; expected case, published, sentence and one of events, arguments, zones",
                     file.string());
}

std::string_view name_of(CaseKind kind) {
    switch (kind) {
    case CaseKind::events:
        return "events";
    case CaseKind::arguments:
        return "arguments";
    case CaseKind::zones:
        break;
    }
    return "zones";
}

double share(std::size_t right, std::size_t of) {
    return of == 0 ? 0 : static_cast<double>(right) / static_cast<double>(of);
}

} // namespace

Casebook read_casebook(std::filesystem::path const& file) {
    Casebook book{file.filename().string(), kind_of(file), {}};
    Tsv const table{file, {"case", "published", "sentence", std::string{name_of(book.kind)}}};
    book.cases.reserve(table.size());
    for (std::size_t row = 0; row < table.size(); ++row) {
        Case each{table.where(row), std::string{table.cell(row, 0)}, std::string{table.cell(row, 1)},
                  std::string{table.cell(row, 2)}, std::string{table.cell(row, 3)}};
        if (!each.published.empty() && !parse_date(each.published)) {
            fail<InputError>("{}: \"published\" is {}; expected YYYY-MM-DD", each.where, each.published);
        }
        std::size_t const wanted = cells_of(book.kind).size();
        for (Item const& item : items_of(each.expected)) {
            if (item.size() != wanted) {
                fail<InputError>("{}: an item of {} has {} cells; expected {}", each.where,
                                 name_of(book.kind), item.size(), wanted);
            }
        }
        book.cases.push_back(std::move(each));
    }
    return book;
}

std::string said_of(Document const& document, CaseKind kind) {
    std::string all;
    auto const add = [&](std::string const& item) { all.append(all.empty() ? "" : "; ").append(item); };
    if (kind == CaseKind::zones) {
        for (Zone const& zone : document.zones) {
            add(zone_item(zone));
        }
        return or_dash(all);
    }
    for (Event const& event : document.events) {
        add(kind == CaseKind::events ? event_item(document, event) : argument_item(document, event));
    }
    return or_dash(all);
}

std::vector<JudgedCase> judge_cases(Casebook const& book, extract::Extractor const& extractor) {
    std::vector<JudgedCase> judged;
    judged.reserve(book.cases.size());
    for (Case const& each : book.cases) {
        Report report;
        report.id = each.where;
        report.text = each.sentence;
        report.published = parse_date(each.published);
        judged.push_back({each, said_of(extractor.annotate(std::move(report)), book.kind)});
    }
    return judged;
}

CaseScores score_cases(std::span<JudgedCase const> judged, CaseKind kind) {
    CaseScores scores;
    for (std::string_view const name : cells_of(kind)) {
        scores.cells.push_back({name, 0, 0});
    }
    for (JudgedCase const& each : judged) {
        ++scores.cases;
        scores.right += each.is_right() ? 1U : 0U;
        add_case(each, scores);
    }
    return scores;
}

std::string cases_text(Casebook const& book, std::span<JudgedCase const> judged) {
    CaseScores const scores = score_cases(judged, book.kind);
    std::string text;
    auto const out = std::back_inserter(text);
    fmt::format_to(out, "{}  {} of {} cases right ({:.3f})\n", book.file, scores.right, scores.cases,
                   share(scores.right, scores.cases));
    fmt::format_to(out, "  {:<16}{} labelled, {} said, {} paired\n", name_of(book.kind),
                   scores.labelled_items, scores.said_items, scores.paired_items);
    for (CellScore const& cell : scores.cells) {
        fmt::format_to(out, "  {:<16}{:.3f} ({}/{})\n", cell.name, share(cell.right, cell.of), cell.right,
                       cell.of);
    }
    return text;
}

std::string case_mistakes_text(std::span<JudgedCase const> judged) {
    std::string text;
    for (JudgedCase const& each : judged) {
        if (!each.is_right()) {
            fmt::format_to(std::back_inserter(text), "{}: {}\n  {}\n  expected {}\n  said     {}\n",
                           each.labelled.where, each.labelled.name, each.labelled.sentence,
                           each.labelled.expected, each.said);
        }
    }
    return text;
}

std::string cases_json(Casebook const& book, std::span<JudgedCase const> judged) {
    CaseScores const scores = score_cases(judged, book.kind);
    extract::JsonWriter json;
    json.begin_object().key("file").string(book.file).key("kind").string(name_of(book.kind));
    json.key("cases").integer(static_cast<std::int64_t>(scores.cases));
    json.key("right").integer(static_cast<std::int64_t>(scores.right)).key("cells").begin_object();
    for (CellScore const& cell : scores.cells) {
        json.key(cell.name).begin_object();
        json.key("right").integer(static_cast<std::int64_t>(cell.right));
        json.key("of").integer(static_cast<std::int64_t>(cell.of)).end_object();
    }
    json.end_object().key("mistakes").begin_array();
    for (JudgedCase const& each : judged) {
        if (!each.is_right()) {
            json.begin_object().key("where").string(each.labelled.where);
            json.key("case").string(each.labelled.name);
            json.key("expected").string(each.labelled.expected).key("said").string(each.said).end_object();
        }
    }
    json.end_array().end_object();
    return json.take();
}

} // namespace kharita::eval
