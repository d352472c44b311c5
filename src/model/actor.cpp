#include "model/actor.hpp"

#include <array>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "base/number.hpp"
#include "base/tsv.hpp"

namespace kharita {

namespace {

enum Column : std::size_t { id, name, aliases, from, to, country, inter, plover, parent, branch };

/// A day, or the first of a month or year: 2017-01-28, 2017-01, 2017.
std::optional<Date> first_day(TsvReader const& row, Column column) {
    std::string text{row.cell(column)};
    if (text.empty()) {
        return std::nullopt;
    }
    text += text.size() == 4 ? "-01-01" : text.size() == 7 ? "-01" : "";
    auto const date = parse_date(text);
    if (!date) {
        fail<InputError>("{}: \"{}\" is no day, month or year", row.where(), row.cell(column));
    }
    return date;
}

/// «الطيران الحربي=0.6» or «قسد».
ActorAlias alias_of(TsvReader const& row, std::string_view text) {
    std::size_t const sign = text.find('=');
    if (sign == std::string_view::npos) {
        return {.name = std::string{text}};
    }
    auto const certainty = parse_number<double>(trimmed(text.substr(sign + 1)));
    if (!certainty || *certainty <= 0 || *certainty > 1) {
        fail<InputError>("{}: the share in \"{}\" is no number between 0 and 1", row.where(), text);
    }
    return {.name = std::string{trimmed(text.substr(0, sign))}, .certainty = *certainty};
}

int type_of(TsvReader const& row) {
    auto const type = parse_number<int>(row.cell(inter));
    if (!type || *type < first_actor_type || *type > last_actor_type) {
        fail<InputError>("{}: inter is \"{}\"; expected ACLED's code of a type of actors, {} to {}",
                         row.where(), row.cell(inter), first_actor_type, last_actor_type);
    }
    return *type;
}

Branch branch_of(TsvReader const& row) {
    auto const named = branch_named(row.cell(branch));
    if (!named) {
        fail<InputError>("{}: branch is \"{}\"; expected military, air, police, government or nothing",
                         row.where(), row.cell(branch));
    }
    return *named;
}

Actor actor_of(TsvReader const& row) {
    Actor actor{.id = std::string{row.cell(id)},
                .name = std::string{row.cell(name)},
                .aliases = {},
                .from = first_day(row, from),
                .to = first_day(row, to),
                .country = std::string{row.cell(country)},
                .inter = type_of(row),
                .plover = std::string{row.cell(plover)},
                .parent = std::string{row.cell(parent)},
                .branch = branch_of(row)};
    if (actor.id.empty()) {
        fail<InputError>("{}: an actor without id", row.where());
    }
    for (std::string_view const alias : row.list(aliases)) {
        actor.aliases.push_back(alias_of(row, alias));
    }
    return actor;
}

} // namespace

std::optional<Branch> branch_named(std::string_view name) noexcept {
    static constexpr std::array<std::pair<std::string_view, Branch>, 5> names{
        {{"", Branch::none},
         {"military", Branch::military},
         {"air", Branch::air},
         {"police", Branch::police},
         {"government", Branch::government}}};
    for (auto const& [known, branch] : names) {
        if (known == name) {
            return branch;
        }
    }
    return std::nullopt;
}

std::vector<Actor> read_actors(std::filesystem::path const& file) {
    TsvReader rows{
        file,
        {"id", "name", "aliases", "from", "to", "country", "inter", "plover", "parent", "branch", "note"}};
    std::vector<Actor> actors;
    std::set<std::string, std::less<>> ids;
    while (rows.next()) {
        actors.push_back(actor_of(rows));
        if (!ids.insert(actors.back().id).second) {
            fail<InputError>("{}: actor \"{}\" stands twice", rows.where(), actors.back().id);
        }
    }
    return actors;
}

std::string_view arabic_name(Actor const& actor) noexcept {
    for (ActorAlias const& alias : actor.aliases) {
        // Arabic letters of UTF-8 begin with the bytes D8 to DB.
        auto const first = alias.name.empty() ? 0U : static_cast<unsigned char>(alias.name.front());
        if (first >= 0xD8U && first <= 0xDBU && alias.certainty == 1) {
            return alias.name;
        }
    }
    return {};
}

std::string_view actor_type(int inter) noexcept {
    static constexpr std::array<std::string_view, last_actor_type + 1> types{
        "",        "state forces", "rebel group", "political militia",       "identity militia",
        "rioters", "protesters",   "civilians",   "external or other forces"};
    return inter >= first_actor_type && inter <= last_actor_type ? types[static_cast<std::size_t>(inter)]
                                                                 : std::string_view{};
}

} // namespace kharita
