#include "gazetteer/additions.hpp"

#include <algorithm>
#include <charconv>

#include "base/data_dir.hpp"
#include "base/error.hpp"
#include "base/line_reader.hpp"
#include "base/tsv.hpp"

namespace kharita::gazetteer {

namespace fs = std::filesystem;

namespace {

enum class Column : std::size_t { id, name_ar, name_en, aliases, population, refs };
constexpr std::size_t column_count = 6;
constexpr std::string_view header = "id\tname_ar\tname_en\taliases\tpopulation\trefs";

/// The path of a folder without a slash at its end.
fs::path without_end(fs::path const& folder) {
    fs::path const plain = folder.lexically_normal();
    return plain.has_filename() ? plain : plain.parent_path();
}

/// A file of every import that has one, by the imports' names. Folders that begin with a dot are not whole.
std::vector<fs::path> files_of_imports(fs::path const& gazetteer, std::string_view name) {
    std::vector<fs::path> files;
    std::error_code error;
    for (auto entry = fs::directory_iterator{imports_folder(gazetteer), error};
         !error && entry != fs::directory_iterator{}; entry.increment(error)) {
        bool const whole = !entry->path().filename().native().starts_with('.');
        if (whole && fs::exists(entry->path() / name)) {
            files.push_back(entry->path() / name);
        }
    }
    std::ranges::sort(files);
    return files;
}

/// Appends those that are not there yet.
void add_new(std::vector<std::string>& items, std::string_view cell) {
    for (std::string_view const part : split(cell, ';')) {
        if (!part.empty() && std::ranges::find(items, part) == items.end()) {
            items.emplace_back(part);
        }
    }
}

/// The first one said becomes the name, others aliases.
void add_name(std::string& main, std::vector<std::string>& others, std::string_view name) {
    if (main.empty()) {
        main = name;
    } else if (main != name) {
        add_new(others, name);
    }
}

} // namespace

fs::path imports_folder(fs::path const& gazetteer) {
    fs::path const user = user_data_dir();
    if (!user.empty() && is_in_data_dir(gazetteer)) {
        return user / "imports";
    }
    return gazetteer / "imports";
}

fs::path compiled_file(fs::path const& gazetteer) {
    fs::path const folder = without_end(gazetteer);
    fs::path const imports = imports_folder(gazetteer);
    bool const users = imports.parent_path() != folder && !files_of_imports(gazetteer, "places.tsv").empty();
    fs::path file = users ? imports.parent_path() / "gazetteer" : folder;
    return file += ".kgaz";
}

std::vector<fs::path> import_tables(fs::path const& gazetteer) {
    return files_of_imports(gazetteer, "places.tsv");
}

std::vector<fs::path> import_outlines(fs::path const& gazetteer) {
    return files_of_imports(gazetteer, "outlines.geojson");
}

Additions Additions::load(fs::path const& gazetteer) {
    Additions all;
    all.m_files = files_of_imports(gazetteer, "additions.tsv");
    for (fs::path const& file : all.m_files) {
        LineReader lines{file};
        if (auto const first = lines.next(); !first || *first != header) {
            fail<InputError>("{}: is no table of additions; import it anew or remove it", lines.name());
        }
        while (auto const line = lines.next()) {
            auto const cells = split(*line, '\t');
            if (cells.size() != column_count) {
                fail<InputError>("{}:{}: {} cells; expected {}", lines.name(), lines.line_number(),
                                 cells.size(), column_count);
            }
            auto const cell = [&](Column column) { return cells[static_cast<std::size_t>(column)]; };
            Addition& addition = all.m_by_id[std::string{cell(Column::id)}];
            add_name(addition.name_ar, addition.aliases, cell(Column::name_ar));
            add_name(addition.name_en, addition.aliases, cell(Column::name_en));
            add_new(addition.aliases, cell(Column::aliases));
            add_new(addition.refs, cell(Column::refs));
            std::int64_t people = 0;
            std::string_view const number = cell(Column::population);
            std::from_chars(number.data(), number.data() + number.size(), people);
            addition.population = addition.population == 0 ? people : addition.population;
        }
    }
    return all;
}

Addition const* Additions::find(std::string_view id) const {
    auto const found = m_by_id.find(id);
    return found == m_by_id.end() ? nullptr : &found->second;
}

std::vector<std::pair<std::string const*, Addition const*>> Additions::all() const {
    std::vector<std::pair<std::string const*, Addition const*>> additions;
    additions.reserve(m_by_id.size());
    for (auto const& [id, addition] : m_by_id) {
        additions.emplace_back(&id, &addition);
    }
    std::ranges::sort(additions, {}, [](auto const& each) -> std::string const& { return *each.first; });
    return additions;
}

void apply(Addition const& addition, std::string& name_ar, std::string& name_en,
           std::vector<std::string>& aliases, std::int64_t& population, std::vector<std::string>& refs) {
    auto const add = [&](std::string const& name) {
        if (!name.empty() && name != name_ar && name != name_en &&
            std::ranges::find(aliases, name) == aliases.end()) {
            aliases.push_back(name);
        }
    };
    name_ar = name_ar.empty() ? addition.name_ar : name_ar;
    name_en = name_en.empty() ? addition.name_en : name_en;
    add(addition.name_ar);
    add(addition.name_en);
    for (std::string const& name : addition.aliases) {
        add(name);
    }
    population = population == 0 ? addition.population : population;
    for (std::string const& ref : addition.refs) {
        if (std::ranges::find(refs, ref) == refs.end()) {
            refs.push_back(ref);
        }
    }
}

} // namespace kharita::gazetteer
