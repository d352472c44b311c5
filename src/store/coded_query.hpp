#pragma once

#include <filesystem>
#include <string>

#include "store/coded_export.hpp"

namespace kharita::store {

// What coded_export.cpp asks of a database.

/// The columns that every form asks for first: what the SQL of both kinds of database cannot make alike of
/// them is made of their rows. Initiators, targets and sources are JSON arrays of names.
enum CodedColumn { initiators, targets, sources, lat, lon, first_day, last_day, of_form };

/// The columns behind these that are asked for a member of PLOVER's objects; those of tables are
/// columns_of().
enum PloverColumn { event_id = of_form, event_code, location, admin1, country, modality, mode, quote, why };

/// The query whose rows are a form's, with what the tables of the ontology's folder say. Throws InputError
/// naming file and line where they say what cannot be.
std::string coded_query(Database const& database, CodedForm form, std::filesystem::path const& ontology);

} // namespace kharita::store
