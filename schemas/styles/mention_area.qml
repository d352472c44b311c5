<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="Symbology|Labeling" labelsEnabled="1">
  <renderer-v2 type="singleSymbol" enableorderby="0" forceraster="0" symbollevels="0">
   <symbols>
    <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleFill" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="color" type="QString" value="120,120,160,40"/>
       <Option name="joinstyle" type="QString" value="bevel"/>
       <Option name="outline_color" type="QString" value="90,90,140,180"/>
       <Option name="outline_style" type="QString" value="dash"/>
       <Option name="outline_width" type="QString" value="0.3"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="style" type="QString" value="solid"/>
      </Option>
     </layer>
    </symbol>
   </symbols>
  </renderer-v2>
  <labeling type="simple">
   <settings calloutType="simple">
    <text-style fieldName='"mention"' isExpression="1" fontFamily="Noto Sans" fontSize="7" fontSizeUnit="Point" fontWeight="50" textColor="40,40,40,255" textOpacity="1" multilineHeight="1" namedStyle="Regular">
     <families><family name="Noto Sans"/><family name="Noto Sans Arabic"/><family name="DejaVu Sans"/></families>
     <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,230" bufferOpacity="1" bufferJoinStyle="128"/>
    </text-style>
    <text-format wrapChar="" multilineAlign="1" autoWrapLength="0"/>
    <placement placement="1" dist="1.5" distUnits="MM" priority="5" centroidInside="1" fitInPolygonOnly="0"/>
    <rendering drawLabels="1" obstacle="1" displayAll="0" scaleVisibility="1" scaleMin="500000" scaleMax="0" mergeLines="0"/>
   </settings>
  </labeling>
</qgis>
