#include "publish/server_project.hpp"

#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/markup.hpp"
#include "postgis/connection.hpp"
#include "store/database.hpp"

namespace kharita::publish {

namespace {

constexpr std::string_view of_file = "dbname='./events.sqlite'";

/// Takes a word off the beginning of a text; false where it begins with something else.
bool take(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) {
        return false;
    }
    text.remove_prefix(word.size());
    return true;
}

/// As QgsDataSourceUri writes a value.
std::string uri_value(std::string_view value) {
    std::string out = "'";
    for (char const c : value) {
        if (c == '\'' || c == '\\') {
            out += '\\';
        }
        out += c;
    }
    return out + "'";
}

/// Where the layers are.
class Source {
public:
    explicit Source(store::Database& database) {
        postgis::Connection& server = database.server();
        postgis::Address const address = server.address();
        m_server = fmt::format("dbname={} host={} port={}", uri_value(address.database),
                               uri_value(address.host), address.port);
        if (address.sslmode != "prefer") {
            m_server += " sslmode=" + address.sslmode;
        }
        m_schema = server.text("SELECT current_schema()");
        postgis::Statement columns = server.prepare(
            "SELECT f_table_name, type FROM geometry_columns WHERE f_table_schema = current_schema()");
        while (columns.step()) {
            m_types.emplace(columns.text(0), columns.text(1));
        }
    }

    /// `table` is the table's name, quoted as it was found in the project.
    std::string of(std::string_view key, std::string_view table, std::string_view quote,
                   std::string_view name) const {
        std::string text = fmt::format("{} key={}", m_server, uri_value(key));
        if (auto const type = m_types.find(name); type != m_types.end()) {
            text += fmt::format(" srid=4326 type={}", type->second);
        }
        std::string schema;
        for (char const c : m_schema) {
            schema += c == '"' ? "\"\"" : std::string(1, c);
        }
        return fmt::format("{} checkPrimaryKeyUnicity='0' table={}{}{}.{}", in_markup(text), quote,
                           in_markup(schema), quote, table);
    }

private:
    std::string m_server;
    std::string m_schema;
    std::map<std::string, std::string, std::less<>> m_types; ///< of geometries, by table or view
};

[[noreturn]] void refuse() {
    fail<InputError>("kharita.qgs: is not the project that was expected; please install the program anew");
}

/// What stands after `of_file`: key, table, and the rest, which stays.
std::string rewritten(Source const& source, std::string_view& text) {
    bool const is_view = take(text, " key='rowid'");
    if (!take(text, " table=")) {
        refuse();
    }
    std::string_view const quote = text.starts_with('"') ? "\"" : "&quot;";
    std::string_view rest = text;
    if (!take(rest, quote) || rest.find(quote) == std::string_view::npos) {
        refuse();
    }
    std::string_view const name = rest.substr(0, rest.find(quote));
    std::string_view const table = text.substr(0, name.size() + 2 * quote.size());
    text.remove_prefix(table.size());
    return source.of(is_view ? "rowid" : "id", table, quote, name);
}

} // namespace

std::string server_project(store::Database& database, std::string_view project) {
    Source const source{database};
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> providers{
        std::pair{">spatialite</provider>", ">postgres</provider>"},
        std::pair{"providerKey=\"spatialite\"", "providerKey=\"postgres\""},
        std::pair{"value=\"spatialite\"", "value=\"postgres\""}};
    std::string out;
    out.reserve(project.size());
    bool found = false;
    while (!project.empty()) {
        if (take(project, of_file)) {
            out += rewritten(source, project);
            found = true;
            continue;
        }
        bool replaced = false;
        for (auto const& [theirs, ours] : providers) {
            if (!replaced && take(project, theirs)) {
                out += ours;
                replaced = true;
            }
        }
        if (!replaced) {
            out += project.front();
            project.remove_prefix(1);
        }
    }
    if (!found) {
        refuse();
    }
    return out;
}

} // namespace kharita::publish
