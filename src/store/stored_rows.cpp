#include "store/stored_rows.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "model/document.hpp"
#include "store/database.hpp"
#include "store/rows_hash.hpp"

namespace kharita::store {

namespace {

/// Rows of one table, with the row of their document first and then what stored_form.cpp hashes, in its
/// order.
struct TableRows {
    char table = ' ';
    std::string_view kinds; ///< as RowsHash::read() takes them
    std::string_view sql;
};

constexpr std::array table_rows{
    TableRows{'m', "tiitttriittrrtrttp",
              "SELECT m.document, m.mention_id, m.start, m.\"end\", m.surface, m.role, p.place_id, "
              "m.uncertainty_m, m.geo_precision, m.where_prec, m.scope, m.relation, m.relation_m, "
              "m.relation_deg, m.relation_of, m.confidence, m.why, m.alternatives, m.geom FROM mention AS m "
              "LEFT JOIN place AS p ON p.id = m.place ORDER BY m.id"},
    TableRows{'s', "ta",
              "SELECT m.document, m.mention_id, s.geom FROM mention_area AS s JOIN mention AS m ON m.id = "
              "s.id ORDER BY s.id"},
    TableRows{'g', "tiiiiiiiiiiiiii",
              "SELECT document, group_id, killed_low, killed, killed_high, killed_civilians, "
              "killed_combatants, killed_children, killed_women, injured_low, injured, injured_high, "
              "injured_civilians, injured_combatants, injured_children, injured_women FROM event_group ORDER "
              "BY id"},
    // What uniting made of a toll is undone by its first version.
    TableRows{'e',
              "ttttddi"
              "ttttttttt"
              "iiiiiiiiiiiiiiiii"
              "tritrtp",
              "SELECT e.document, e.event_id, m.mention_id, g.group_id, p.place_id, e.date, e.date_end, "
              "e.time_precision, e.date_why, e.event_type, e.sub_event_type, e.plover, e.plover_mode, "
              "e.modality, e.initiator, e.target, e.weapon, e.count_low, e.count, e.count_high, "
              "CASE WHEN v.id IS NULL THEN e.killed_low ELSE v.killed_low END, "
              "CASE WHEN v.id IS NULL THEN e.killed ELSE v.killed END, "
              "CASE WHEN v.id IS NULL THEN e.killed_high ELSE v.killed_high END, "
              "CASE WHEN v.id IS NULL THEN e.killed_civilians ELSE v.killed_civilians END, "
              "CASE WHEN v.id IS NULL THEN e.killed_combatants ELSE v.killed_combatants END, "
              "CASE WHEN v.id IS NULL THEN e.killed_children ELSE v.killed_children END, "
              "CASE WHEN v.id IS NULL THEN e.killed_women ELSE v.killed_women END, "
              "CASE WHEN v.id IS NULL THEN e.injured_low ELSE v.injured_low END, "
              "CASE WHEN v.id IS NULL THEN e.injured ELSE v.injured END, "
              "CASE WHEN v.id IS NULL THEN e.injured_high ELSE v.injured_high END, "
              "CASE WHEN v.id IS NULL THEN e.injured_civilians ELSE v.injured_civilians END, "
              "CASE WHEN v.id IS NULL THEN e.injured_combatants ELSE v.injured_combatants END, "
              "CASE WHEN v.id IS NULL THEN e.injured_children ELSE v.injured_children END, "
              "CASE WHEN v.id IS NULL THEN e.injured_women ELSE v.injured_women END, "
              "e.control_change, e.uncertainty_m, e.geo_precision, e.claimed_by, e.confidence, e.why, e.geom "
              "FROM event AS e LEFT JOIN mention AS m ON m.id = e.mention LEFT JOIN event_group AS g ON g.id "
              "= e.event_group LEFT JOIN place AS p ON p.id = e.place LEFT JOIN event_version AS v ON "
              "v.event = e.id AND v.version = 1 ORDER BY e.id"},
    TableRows{'a', "ttitr",
              "SELECT e.document, e.event_id, x.side, x.ordinal, a.actor_id, x.confidence FROM event_actor "
              "AS x JOIN event AS e ON e.id = x.event JOIN actor AS a ON a.id = x.actor ORDER BY x.event"},
    // A merged report belongs to the event that it was taken from.
    TableRows{'r', "ttiitii",
              "SELECT r.document, coalesce(r.merged_id, e.event_id), m.mention_id, r.start, r.\"end\", "
              "r.trigger, r.quote_start, r.quote_end FROM event_report AS r JOIN event AS e ON e.id = "
              "r.event LEFT JOIN mention AS m ON m.id = r.mention ORDER BY r.id"},
    TableRows{'z',
              "tii"
              "ttttttt"
              "rr"
              "tdrt",
              "SELECT document, zone_id, start, \"end\", surface, quote, kind, status, name, along, side, "
              "depth_km, length_km, declared_by, date, confidence, why FROM zone ORDER BY id"},
    TableRows{'b', "ttitr",
              "SELECT z.document, z.zone_id, '', x.ordinal, a.actor_id, x.confidence FROM zone_actor AS x "
              "JOIN zone AS z ON z.id = x.zone JOIN actor AS a ON a.id = x.actor ORDER BY x.zone"},
};

struct DocumentSum {
    std::int64_t document = 0;
    std::uint64_t sum = 0;
    std::optional<std::int64_t> stored;
};

/// The documents of a database, in the order of their rows, with the sum of what is added of them.
class DocumentSums {
public:
    void add_document(DocumentSum const& sum) { m_sums.push_back(sum); }

    /// Rows of no document are passed by: foreign keys say so.
    void add(std::int64_t document, std::uint64_t hash) {
        if (m_last == m_sums.size() || m_sums[m_last].document != document) { // rows of one mostly follow
            auto const found = std::ranges::lower_bound(m_sums, document, {}, &DocumentSum::document);
            if (found == m_sums.end() || found->document != document) {
                return;
            }
            m_last = static_cast<std::size_t>(found - m_sums.begin());
        }
        m_sums[m_last].sum += hash;
    }

    std::vector<DocumentSum> const& all() const noexcept { return m_sums; }

private:
    std::vector<DocumentSum> m_sums;
    std::size_t m_last = 0;
};

/// Reads all documents; calls `look` at each with its columns doc_id, source, url, published, text,
/// whole_text from 1 on.
template <typename Look>
DocumentSums sums_of(Database& database, Look const& look) {
    DocumentSums sums;
    RowsHash hash;
    Statement documents = database.stream(
        "SELECT id, doc_id, input_id, source, url, title, published, lang, text, whole_text, extra, "
        "content_hash, gazetteer_hash, rows_hash FROM document ORDER BY id");
    constexpr int rows_hash = 13;
    while (documents.step()) {
        look(documents);
        hash.read('d', documents, 1, "tttttdttittt");
        sums.add_document({.document = documents.integer(0),
                           .sum = hash.take(),
                           .stored = documents.integer_or_null(rows_hash)});
    }
    for (TableRows const& table : table_rows) {
        Statement rows = database.stream(table.sql);
        while (rows.step()) {
            try {
                hash.read(table.table, rows, 1, table.kinds);
            } catch (GeometryError const&) { // no geometry: surely not what was loaded
                hash.end();
            }
            sums.add(rows.integer(0), hash.take());
        }
    }
    return sums;
}

std::string doc_id_of(Database& database, std::int64_t document) {
    Statement& row = database.cached("SELECT doc_id FROM document WHERE id = ?");
    std::string id;
    if (row.bind(document).step()) {
        id = row.text(0);
    }
    row.reset();
    return id;
}

} // namespace

ChangedDocuments changed_documents(Database& database) {
    ChangedDocuments changed;
    DocumentSums const sums = sums_of(database, [&](Statement const& row) {
        bool const is_whole = row.integer(9) != 0;
        if (is_whole && row.text(1) != document_id(row.text(3), row.text(4), row.text(6), row.text(8)) &&
            ++changed.of_other_id == 1) {
            changed.other_id_example = row.text(1);
        }
    });
    for (DocumentSum const& sum : sums.all()) {
        if (!sum.stored) {
            ++changed.without_hash;
        } else if (static_cast<std::uint64_t>(*sum.stored) != sum.sum && ++changed.of_other_rows == 1) {
            changed.other_rows_example = doc_id_of(database, sum.document);
        }
    }
    return changed;
}

void fill_rows_hashes(Database& database) {
    DocumentSums const sums = sums_of(database, [](Statement const&) {});
    for (DocumentSum const& sum : sums.all()) {
        database.cached("UPDATE document SET rows_hash = ? WHERE id = ? AND rows_hash IS NULL")
            .run(static_cast<std::int64_t>(sum.sum), sum.document);
    }
}

} // namespace kharita::store
