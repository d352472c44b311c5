# Called by kharita_embed(): writes OUT/HEADER and OUT/HEADER.cpp.
file(WRITE ${OUT}/${HEADER} "#pragma once
#include <span>
#include <string_view>
namespace ${NAMESPACE} {
struct EmbeddedFile {
    std::string_view name;
    std::string_view content;
};
std::span<EmbeddedFile const> embedded_files() noexcept;
} // namespace ${NAMESPACE}
")
string(REPLACE "|" ";" files "${FILES}")
set(entries "")
foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME)
    file(READ ${file} text)
    # Raw literals end at 65,536 characters in some compilers; ours are small, and are cut at 8 kB all the same.
    string(LENGTH "${text}" length)
    set(parts "")
    set(at 0)
    while(at LESS length)
        string(SUBSTRING "${text}" ${at} 8000 part)
        string(APPEND parts "R\"~~~(${part})~~~\"\n")
        math(EXPR at "${at} + 8000")
    endwhile()
    if(length EQUAL 0)
        set(parts "\"\"")
    endif()
    string(APPEND entries "    {\"${name}\", ${parts}},\n")
endforeach()
file(WRITE ${OUT}/${HEADER}.cpp "#include \"${HEADER}\"
namespace ${NAMESPACE} {
namespace {
constexpr EmbeddedFile files[] = {
${entries}};
} // namespace
std::span<EmbeddedFile const> embedded_files() noexcept {
    return files;
}
} // namespace ${NAMESPACE}
")
