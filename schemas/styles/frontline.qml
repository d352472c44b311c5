<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="Symbology|Labeling" labelsEnabled="1">
  <renderer-v2 type="singleSymbol" enableorderby="0" forceraster="0" symbollevels="0">
   <symbols>
    <symbol name="0" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleLine" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="capstyle" type="QString" value="round"/>
       <Option name="joinstyle" type="QString" value="round"/>
       <Option name="line_color" type="QString" value="255,255,255,220"/>
       <Option name="line_style" type="QString" value="solid"/>
       <Option name="line_width" type="QString" value="1.6"/>
       <Option name="line_width_unit" type="QString" value="MM"/>
      </Option>
     </layer>
     <layer class="SimpleLine" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="capstyle" type="QString" value="round"/>
       <Option name="joinstyle" type="QString" value="round"/>
       <Option name="line_color" type="QString" value="170,20,20,255"/>
       <Option name="line_style" type="QString" value="solid"/>
       <Option name="line_width" type="QString" value="0.8"/>
       <Option name="line_width_unit" type="QString" value="MM"/>
      </Option>
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value=""/>
        <Option name="properties" type="Map">
         <Option name="outlineStyle" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;confidence&quot; &gt;= 0.5, 'solid', 'dash')"/><Option name="type" type="int" value="3"/></Option>
        </Option>
        <Option name="type" type="QString" value="collection"/>
       </Option>
      </data_defined_properties>
     </layer>
    </symbol>
   </symbols>
  </renderer-v2>
  <labeling type="simple">
   <settings calloutType="simple">
    <text-style fieldName="&quot;name_a&quot; || ' – ' || &quot;name_b&quot;" isExpression="1" fontFamily="Noto Sans" fontSize="8" fontSizeUnit="Point" fontWeight="50" textColor="120,20,20,255" textOpacity="1" multilineHeight="1" namedStyle="Regular">
     <families><family name="Noto Sans"/><family name="Noto Sans Arabic"/><family name="DejaVu Sans"/></families>
     <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,230" bufferOpacity="1" bufferJoinStyle="128"/>
    </text-style>
    <text-format wrapChar="" multilineAlign="1" autoWrapLength="0"/>
    <placement placement="2" dist="1.5" distUnits="MM" priority="5" centroidInside="1" fitInPolygonOnly="0"/>
    <rendering drawLabels="1" obstacle="1" displayAll="0" scaleVisibility="1" scaleMin="1000000" scaleMax="0" mergeLines="1"/>
   </settings>
  </labeling>
</qgis>
