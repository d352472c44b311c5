#include "overlay/config.hpp"

#include <algorithm>
#include <cstddef>
#include <set>

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/files.hpp"
#include "model/actor.hpp"
#include "model/names.hpp"

namespace kharita::overlay {

namespace {

using nlohmann::json;

/// One object of the file; every access names the file and the member in its errors.
class Section {
public:
    Section(std::string file, std::string path, json const& object)
        : m_file{std::move(file)},
          m_path{std::move(path)},
          m_object{object} {
        if (!object.is_object()) {
            fail<InputError>("{}: {} is no object", m_file, m_path);
        }
    }

    json const& at(std::string const& name) {
        m_known.insert(name);
        auto const found = m_object.find(name);
        if (found == m_object.end()) {
            fail<InputError>("{}: no \"{}\" in {}", m_file, name, m_path);
        }
        return *found;
    }

    Section section(std::string const& name) { return {m_file, m_path + "." + name, at(name)}; }

    double number(std::string const& name, double low, double high) {
        json const& value = at(name);
        bool const is_in_range =
            value.is_number() && value.get<double>() >= low && value.get<double>() <= high;
        if (!is_in_range) {
            fail<InputError>("{}: {}.{} is {}; expected a number from {} to {}", m_file, m_path, name,
                             value.dump(), low, high);
        }
        return value.get<double>();
    }

    int integer(std::string const& name, int low, int high) {
        json const& value = at(name);
        if (!value.is_number_integer() || value.get<int>() < low || value.get<int>() > high) {
            fail<InputError>("{}: {}.{} is {}; expected a whole number from {} to {}", m_file, m_path, name,
                             value.dump(), low, high);
        }
        return value.get<int>();
    }

    std::string text(json const& value, std::string_view what) const {
        if (!value.is_string() || value.get_ref<std::string const&>().empty()) {
            fail<InputError>("{}: {} holds {}; expected {}", m_file, m_path, value.dump(), what);
        }
        return value.get<std::string>();
    }

    /// Names of members without the remarks.
    std::vector<std::string> names() const {
        std::vector<std::string> all;
        for (auto const& item : m_object.items()) {
            if (!item.key().starts_with('_')) {
                all.push_back(item.key());
            }
        }
        return all;
    }

    /// A member that nobody asked for is a spelling mistake.
    void nothing_else() const {
        for (std::string const& name : names()) {
            if (!m_known.contains(name)) {
                fail<InputError>("{}: unknown \"{}\" in {}", m_file, name, m_path);
            }
        }
    }

private:
    std::string m_file;
    std::string m_path;
    json const& m_object;
    std::set<std::string> m_known;
};

Metres kilometres(double km) noexcept {
    return Metres{km * 1000};
}

void read_zones(Section zones, std::string const& file, Config& config) {
    Section depths = zones.section("depth_km");
    for (std::string const& name : depths.names()) {
        auto const kind = parse_name<ZoneKind>(name);
        if (!kind) {
            fail<InputError>("{}: zones.depth_km: \"{}\" is no kind of zone", file, name);
        }
        config.default_depth_km[static_cast<std::size_t>(*kind)] = depths.number(name, 0.1, 500);
    }
    zones.nothing_else();
}

void read_control(Section control, Config& config) {
    config.reach = kilometres(control.number("reach_km", 0.1, 200));
    config.known_days = control.integer("known_days", 1, 36500);
    config.contested_days = control.integer("contested_days", 0, 365);
    Section parties = control.section("parties");
    for (std::string const& actor : parties.names()) {
        config.parties.emplace(actor, parties.text(parties.at(actor), "an actor id"));
    }
    for (json const& actor : control.at("no_party")) {
        config.parties.insert_or_assign(control.text(actor, "an actor id"), std::string{});
    }
    control.nothing_else();
}

void read_frontline(Section front, std::string const& file, Config& config) {
    for (json const& pair : front.at("rivals")) {
        if (!pair.is_array() || pair.size() != 2) {
            fail<InputError>("{}: frontline.rivals holds {}; expected pairs of actor ids", file, pair.dump());
        }
        std::string a = front.text(pair[0], "an actor id");
        std::string b = front.text(pair[1], "an actor id");
        if (b < a) {
            std::swap(a, b);
        }
        config.rivals.emplace_back(std::move(a), std::move(b));
    }
    config.smoothing_rounds = front.integer("smoothing_rounds", 0, 5);
    config.stretch = kilometres(front.number("stretch_km", 1, 10'000));
    config.evidence_reach = kilometres(front.number("evidence_km", 0.1, 200));
    config.evidence_days = front.integer("evidence_days", 0, 3650);
    front.nothing_else();
}

} // namespace

Config Config::load(std::filesystem::path const& path) {
    std::string const file = path.string();
    json root;
    try {
        root = json::parse(read_file(path));
    } catch (json::parse_error const& error) {
        fail<InputError>("{}: {}", file, error.what());
    }
    Config config;
    Section whole{file, "the file", root};
    read_zones(whole.section("zones"), file, config);
    read_control(whole.section("control"), config);
    read_frontline(whole.section("frontline"), file, config);
    whole.nothing_else();
    return config;
}

void Config::add_parents(std::filesystem::path const& actors) {
    std::map<std::string, std::string, std::less<>> parents;
    for (Actor& actor : read_actors(actors)) {
        parents.emplace(std::move(actor.id), std::move(actor.parent));
    }
    for (auto const& [actor, parent] : parents) {
        std::string top = actor;
        for (std::size_t steps = 0; !parties.contains(top); ++steps) {
            auto const next = parents.find(top);
            if (next == parents.end() || next->second.empty()) {
                break;
            }
            if (steps > parents.size()) {
                fail<InputError>("{}: the parents of \"{}\" go round in a circle", actors.string(), actor);
            }
            top = next->second;
        }
        if (auto const named = parties.find(top); named != parties.end()) {
            top = named->second;
        }
        parties.emplace(actor, std::move(top));
    }
}

std::string Config::party_of(std::string_view actor) const {
    auto const found = parties.find(actor);
    return found == parties.end() ? std::string{actor} : found->second;
}

bool Config::are_rivals(std::string_view a, std::string_view b) const noexcept {
    if (b < a) {
        std::swap(a, b);
    }
    return std::any_of(rivals.begin(), rivals.end(),
                       [&](auto const& pair) { return pair.first == a && pair.second == b; });
}

} // namespace kharita::overlay
